package dev.fettle.engine.monitor;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import java.util.ArrayList;
import java.util.List;

/** Exceptions from lines such as {@code shop.Orders.total:41}; a star marks the application's. */
final class Frames {
  private Frames() {}

  static CapturedException npe(String... frames) {
    return exception("java.lang.NullPointerException", null, frames);
  }

  static CapturedException exception(String type, String message, String... frames) {
    List<CapturedFrame> trace = new ArrayList<>();
    for (String frame : frames) {
      boolean application = frame.startsWith("*");
      String name = application ? frame.substring(1) : frame;
      int colon = name.indexOf(':');
      String place = colon < 0 ? name : name.substring(0, colon);
      int line = colon < 0 ? -1 : Integer.parseInt(name.substring(colon + 1));
      int dot = place.lastIndexOf('.');
      trace.add(
          new CapturedFrame(
              place.substring(0, dot),
              place.substring(dot + 1),
              "",
              null,
              line,
              application,
              null,
              List.of()));
    }
    return new CapturedException(type, message, trace, null);
  }

  static CapturedException wrapped(String type, CapturedException cause, String... frames) {
    CapturedException outer = exception(type, "wrapped", frames);
    return new CapturedException(type, outer.message(), outer.frames(), cause);
  }
}
