package dev.fettle.store;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.CapturedValue.Composite;
import dev.fettle.contract.model.CapturedValue.EnumConstant;
import dev.fettle.contract.model.CapturedValue.Mapping;
import dev.fettle.contract.model.CapturedValue.Null;
import dev.fettle.contract.model.CapturedValue.Opaque;
import dev.fettle.contract.model.CapturedValue.Redacted;
import dev.fettle.contract.model.CapturedValue.Reference;
import dev.fettle.contract.model.CapturedValue.Scalar;
import dev.fettle.contract.model.CapturedValue.Sequence;
import dev.fettle.contract.model.CapturedValue.Text;
import dev.fettle.contract.model.Fingerprint;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.JournalEntry;
import dev.fettle.contract.model.Origin;
import dev.fettle.contract.model.Request;
import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.contract.model.Variable;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records with something in every field. */
final class Records {
  static final Instant AT = Instant.parse("2026-01-31T10:15:30.123456789Z");

  private Records() {}

  static Incident incident(int number, String service, long count) {
    return new Incident(
        id(number),
        new Fingerprint(List.of("aa" + number, "bb" + number), "test:1"),
        "NullPointerException in Orders.total" + number,
        AT,
        AT.plusSeconds(60),
        count,
        signal("signal-" + number, service));
  }

  static IncidentId id(int number) {
    return new IncidentId("inc-%06d".formatted(number));
  }

  static Signal signal(String id, String service) {
    CapturedValue customer =
        new Composite(
            "shop.Customer",
            7,
            List.of(
                new CapturedValue.Field(
                    "name", "shop.Person", new Text("java.lang.String", "Zoë", 3)),
                new CapturedValue.Field(
                    "tier", "shop.Customer", new EnumConstant("shop.Tier", "GOLD")),
                new CapturedValue.Field("self", "shop.Customer", new Reference("shop.Customer", 7)),
                new CapturedValue.Field(
                    "key", "shop.Customer", new Redacted("java.lang.String", "name", "t1")),
                new CapturedValue.Field(
                    "pool", "shop.Customer", new Opaque("shop.Pool", "depth"))));
    CapturedFrame frame =
        new CapturedFrame(
            "shop.Orders",
            "total",
            "(I)J",
            "Orders.java",
            41,
            true,
            customer,
            List.of(
                new Variable("n", "I", true, new Scalar("int", "3")),
                new Variable(
                    "lines",
                    "Ljava/util/List;",
                    false,
                    new Sequence("java.util.ArrayList", 9, List.of(new Null("shop.Line")))),
                new Variable(
                    "prices",
                    "Ljava/util/Map;",
                    false,
                    new Mapping(
                        "java.util.HashMap",
                        1,
                        List.of(
                            new CapturedValue.Entry(
                                new Text("java.lang.String", "a", 1),
                                new Scalar("java.math.BigDecimal", "1.50")))))));
    CapturedException cause =
        new CapturedException("java.lang.NullPointerException", null, List.of(frame), null);
    return new Signal(
        id,
        Signal.Kind.ERROR,
        new Origin(service, "i-1", null, "0123abc", "17.0.15", "agent"),
        TrustTier.AUTHENTICATED,
        AT,
        "http-1",
        new CapturedException("shop.OrderFailed", "order 100% lost_", List.of(), cause),
        new Request("GET", "/orders/7", null, Map.of("accept", "*/*"), 500),
        "nothing handles it",
        1);
  }

  static JournalEntry entry(int incident, JournalEntry.Step step, JournalEntry.State state) {
    return new JournalEntry(0, id(incident), step, state, "what \"happened\"", "{\"a\":1}", AT);
  }
}
