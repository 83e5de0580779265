package dev.fettle.source.locate;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The frames that repeat at the top of a stack that overflowed. */
final class Recursion {
  private Recursion() {}

  /** One frame for each place of the cycle, most often seen first; application frames only. */
  static List<CapturedFrame> cycle(CapturedException e) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    Map<String, CapturedFrame> frames = new LinkedHashMap<>();
    List<CapturedFrame> application = e.applicationFrames();
    for (CapturedFrame f : application.subList(0, Math.min(400, application.size()))) {
      String key = f.className() + "." + f.method() + f.descriptor() + ":" + f.line();
      counts.merge(key, 1, Integer::sum);
      frames.putIfAbsent(key, f);
    }
    int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return frames.entrySet().stream()
        .filter(x -> counts.getOrDefault(x.getKey(), 0) * 2 > most)
        .map(Map.Entry::getValue)
        .limit(6)
        .toList();
  }
}
