package dev.fettle.server;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.Origin;
import dev.fettle.contract.model.Request;
import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.contract.model.Variable;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Signals as an agent sends them. */
final class Failures {
  private Failures() {}

  static Signal nullPointer(String id, String method, String message) {
    CapturedFrame frame =
        new CapturedFrame(
            "shop.Orders",
            method,
            "(Ljava/lang/String;)I",
            "Orders.java",
            12,
            true,
            null,
            List.of(
                new Variable(
                    "code",
                    "Ljava/lang/String;",
                    true,
                    new CapturedValue.Text("java.lang.String", "<b>NO</b>", 9))));
    return new Signal(
        id,
        Signal.Kind.ERROR,
        new Origin("shop", "i-1", null, null, "17.0.1", "agent"),
        TrustTier.AUTHENTICATED,
        Instant.now(),
        "http-1",
        new CapturedException("java.lang.NullPointerException", message, List.of(frame), null),
        new Request("GET", "/orders/7", null, Map.of(), 500),
        "nothing written for it would handle it",
        1);
  }
}
