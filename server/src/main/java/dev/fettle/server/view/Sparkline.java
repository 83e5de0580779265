package dev.fettle.server.view;

import java.util.List;
import java.util.Locale;

/** Counts as the points of an SVG polyline, 100 wide and 20 high. */
public final class Sparkline {
  private static final double WIDTH = 100;
  private static final double HEIGHT = 20;

  private Sparkline() {}

  /** The {@code points} attribute; empty of fewer than two counts. */
  public static String points(List<Long> counts) {
    if (counts.size() < 2) {
      return "";
    }
    long most = Math.max(1, counts.stream().mapToLong(Long::longValue).max().orElse(1));
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < counts.size(); i++) {
      points.append(
          String.format(
              Locale.ROOT,
              "%s%.1f,%.1f",
              i == 0 ? "" : " ",
              WIDTH * i / (counts.size() - 1),
              HEIGHT - 1 - (HEIGHT - 2) * counts.get(i) / most));
    }
    return points.toString();
  }
}
