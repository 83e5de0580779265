package shop;

import java.util.List;
import java.util.Map;

class Tracking {
  private final Map<String, Map<String, String>> cities = Map.of("DE", Map.of("BER", "Berlin"));
  private final List<Event> events = List.of(new Event("DE-BER-IN"), new Event("DE"));

  String cityOf(int number) {
    return city(events.get(number).code());
  }

  /** City of a code such as DE-BER-IN; "unknown" for codes that name none. */
  private String city(String code) {
    String[] parts = code.split("-");
    Map<String, String> known = cities.get(parts[0]);
    return known == null ? "unknown" : known.getOrDefault(parts[1], "unknown");
  }
}

record Event(String code) {}
