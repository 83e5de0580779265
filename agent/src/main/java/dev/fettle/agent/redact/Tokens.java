package dev.fettle.agent.redact;

import java.nio.charset.StandardCharsets;

/**
 * Keyed hashes in place of secrets: equal secrets of one installation have equal tokens, and nobody
 * without its key can guess from token to secret. SipHash-2-4 (Aumasson, Bernstein 2012), because
 * {@code javax.crypto} would start the host's security providers. Immutable.
 */
public final class Tokens {
  private final long k0;
  private final long k1;

  public Tokens(long k0, long k1) {
    this.k0 = k0;
    this.k1 = k1;
  }

  /** 16 hex digits. */
  public String of(CharSequence secret) {
    return String.format(
        java.util.Locale.ROOT, "%016x", hash(secret.toString().getBytes(StandardCharsets.UTF_8)));
  }

  long hash(byte[] data) {
    long[] v = {
      k0 ^ 0x736f6d6570736575L,
      k1 ^ 0x646f72616e646f6dL,
      k0 ^ 0x6c7967656e657261L,
      k1 ^ 0x7465646279746573L
    };
    int whole = data.length & ~7;
    for (int i = 0; i < whole; i += 8) {
      absorb(v, word(data, i, 8));
    }
    absorb(v, word(data, whole, data.length - whole) | ((long) data.length << 56));
    v[2] ^= 0xff;
    for (int i = 0; i < 4; i++) {
      round(v);
    }
    return v[0] ^ v[1] ^ v[2] ^ v[3];
  }

  private static long word(byte[] data, int from, int count) {
    long word = 0;
    for (int i = 0; i < count; i++) {
      word |= (data[from + i] & 0xffL) << (8 * i);
    }
    return word;
  }

  private static void absorb(long[] v, long word) {
    v[3] ^= word;
    round(v);
    round(v);
    v[0] ^= word;
  }

  private static void round(long[] v) {
    v[0] += v[1];
    v[1] = Long.rotateLeft(v[1], 13) ^ v[0];
    v[0] = Long.rotateLeft(v[0], 32);
    v[2] += v[3];
    v[3] = Long.rotateLeft(v[3], 16) ^ v[2];
    v[0] += v[3];
    v[3] = Long.rotateLeft(v[3], 21) ^ v[0];
    v[2] += v[1];
    v[1] = Long.rotateLeft(v[1], 17) ^ v[2];
    v[2] = Long.rotateLeft(v[2], 32);
  }
}
