package dev.fettle.bench.confidence;

import java.util.Locale;

/** Predicted against observed, as an SVG of its own; the area of a circle is its count. */
record ReliabilityDiagram(Calibration calibration, String title) {
  private static final int SIDE = 360;
  private static final int EDGE = 48;

  String svg() {
    StringBuilder svg = new StringBuilder();
    int whole = SIDE + 2 * EDGE;
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"12\">%n<rect width=\"%d\" height=\"%d\""
                + " fill=\"#fff\"/>%n",
            whole,
            whole,
            whole,
            whole));
    svg.append(text(whole / 2.0, 24, "middle", title));
    svg.append(line(0, 0, 1, 1, "#999\" stroke-dasharray=\"4 4"));
    svg.append(line(0, 0, 1, 0, "#333")).append(line(0, 0, 0, 1, "#333"));
    for (int i = 0; i <= 5; i++) {
      double at = i / 5.0;
      String word = String.format(Locale.ROOT, "%.1f", at);
      svg.append(text(x(at), EDGE + SIDE + 16, "middle", word));
      svg.append(text(EDGE - 6, y(at) + 4, "end", word));
    }
    svg.append(text(whole / 2.0, whole - 10, "middle", "predicted"));
    svg.append(text(EDGE, EDGE - 10, "middle", "observed"));
    for (Calibration.Bin bin : calibration.bins()) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#2b6cb0\""
                  + " fill-opacity=\"0.6\"/>%n",
              x(bin.predicted()),
              y(bin.observed()),
              3 + Math.sqrt(bin.count())));
      svg.append(text(x(bin.predicted()) + 4, y(bin.observed()) - 8, "start", "n=" + bin.count()));
    }
    return svg.append("</svg>\n").toString();
  }

  private static double x(double share) {
    return EDGE + share * SIDE;
  }

  private static double y(double share) {
    return EDGE + (1 - share) * SIDE;
  }

  private static String line(double x1, double y1, double x2, double y2, String stroke) {
    return String.format(
        Locale.ROOT,
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
        x(x1),
        y(y1),
        x(x2),
        y(y2),
        stroke);
  }

  private static String text(double x, double y, String anchor, String words) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
        x,
        y,
        anchor,
        words.replace("&", "&amp;").replace("<", "&lt;"));
  }
}
