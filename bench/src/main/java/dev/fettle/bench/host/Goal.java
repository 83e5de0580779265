package dev.fettle.bench.host;

import java.util.Map;

/**
 * A figure with what it should be at most.
 *
 * @param name as in what is printed
 * @param most in the unit that the name ends with
 */
public record Goal(String name, double most) {
  /** Puts the figure, the goal and whether it is met. */
  public void put(Map<String, Object> json, double measured) {
    json.put(name, Math.round(10 * measured) / 10.0);
    json.put(name + "Goal", most);
    json.put(name + "Met", measured <= most);
  }
}
