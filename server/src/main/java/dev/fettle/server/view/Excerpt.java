package dev.fettle.server.view;

import dev.fettle.contract.model.SourcePlace;
import java.util.ArrayList;
import java.util.List;

/**
 * Source around a place, with the place marked.
 *
 * @param lines in order
 */
public record Excerpt(String path, List<Line> lines) {
  private static final int AROUND = 6;

  public Excerpt {
    lines = List.copyOf(lines);
  }

  /**
   * One line in three parts.
   *
   * @param number 1-based
   * @param marked the part that failed; empty on other lines
   */
  public record Line(int number, String before, String marked, String after) {}

  /** The lines around {@code place} in {@code text}. */
  public static Excerpt of(SourcePlace place, String text) {
    List<Line> lines = new ArrayList<>();
    int number = 1;
    int at = 0;
    int first = place.line() - AROUND;
    while (at <= text.length()) {
      int feed = text.indexOf('\n', at);
      int end = feed < 0 ? text.length() : feed;
      if (number >= first
          && at <= Math.max(place.end(), place.start()) + 400
          && lines.size() <= 3 * AROUND) {
        int from = Math.min(Math.max(place.start(), at), end);
        int to = Math.min(Math.max(place.end(), at), end);
        if (place.end() <= at || place.start() >= end) {
          from = end;
          to = end;
        }
        lines.add(
            new Line(
                number,
                text.substring(at, from),
                text.substring(from, to),
                text.substring(to, end).replace("\r", "")));
      }
      if (feed < 0
          || (at > place.end() && lines.size() > 0 && number > lastLine(place, text) + AROUND)) {
        break;
      }
      at = feed + 1;
      number++;
    }
    return new Excerpt(place.path(), lines);
  }

  private static int lastLine(SourcePlace place, String text) {
    return place.line()
        + (int)
            text.substring(
                    Math.min(place.start(), text.length()), Math.min(place.end(), text.length()))
                .chars()
                .filter(c -> c == '\n')
                .count();
  }
}
