package dev.fettle.agent.heal.snippet;

import dev.fettle.wire.HealOrder;
import dev.fettle.wire.MalformedMessageException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an order comes from the server that this agent was told to believe, for this
 * agent, now, and not for the second time. Thread-safe.
 */
final class OrderBook {
  /** The furthest that an order may reach into the future. */
  static final long LONGEST_MILLIS = 7 * 24 * 3600_000L;

  private final Supplier<byte @Nullable []> keys;
  private final String agent;
  private final LongSupplier wallMillis;
  private @Nullable PublicKey key;
  private long sequence;

  /** What became of an order. */
  sealed interface Read {
    /** To be carried out. */
    record Valid(HealOrder order) implements Read {}

    /** Not to be, and why; {@code id} empty when it is not known to be anybody's. */
    record Refused(String id, String reason) implements Read {}
  }

  /**
   * @param keys gives the X.509 encoding of an Ed25519 key, asked with the first order: the server
   *     may have made it after this process began; null refuses everything
   * @param agent this instance
   */
  OrderBook(Supplier<byte @Nullable []> keys, String agent, LongSupplier wallMillis) {
    this.keys = keys;
    this.agent = agent;
    this.wallMillis = wallMillis;
  }

  private static @Nullable PublicKey decoded(byte @Nullable [] key) {
    try {
      return key == null
          ? null
          : KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key));
    } catch (GeneralSecurityException e) {
      return null;
    }
  }

  /**
   * Reads an order.
   *
   * @param packed as {@link HealOrder#pack} made it
   */
  synchronized Read read(byte[] packed, byte[] signed) {
    PublicKey known = key == null ? decoded(keys.get()) : key;
    if (known == null) {
      return new Read.Refused("", "this agent was given no key to verify snippets with");
    }
    key = known;
    if (!isSigned(known, packed, signed)) {
      return new Read.Refused("", "the signature is not the server's");
    }
    HealOrder order;
    try {
      order = HealOrder.unpack(packed);
    } catch (MalformedMessageException e) {
      return new Read.Refused("", "malformed: " + e.getMessage());
    }
    String reason = reason(order);
    if (reason != null) {
      return new Read.Refused(order.id(), reason);
    }
    sequence = order.sequence();
    return new Read.Valid(order);
  }

  private static boolean isSigned(PublicKey key, byte[] packed, byte[] signed) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(key);
      signature.update(packed);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private @Nullable String reason(HealOrder order) {
    long now = wallMillis.getAsLong();
    if (!order.agent().equals(agent)) {
      return "for another agent";
    } else if (order.sequence() <= sequence) {
      return "older than the last order";
    } else if (order.expires() <= now) {
      return "expired";
    } else if (order.expires() - now > LONGEST_MILLIS) {
      return "valid for more than seven days";
    }
    return null;
  }
}
