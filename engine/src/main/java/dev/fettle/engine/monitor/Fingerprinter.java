package dev.fettle.engine.monitor;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes exceptions of the same fault equal: by the type of the root cause and the frames below it
 * by their {@link PlainFrame plain names}, never by line numbers. One hash is over the
 * application's frames, one over all, and a message counts only where there are no frames. The text
 * of a helpful NullPointerException is not data but code, so it tells two faults of one method
 * apart. See docs/fingerprints.md. Stateless.
 */
final class Fingerprinter {
  static final String ALGORITHM = "jvm:1";

  private static final int FRAMES = 200;
  private static final int LONGEST_CYCLE = 8;
  private static final int HASH_BYTES = 16;

  Fingerprint of(CapturedException exception) {
    CapturedException root = exception.root();
    String type = PlainFrame.of(root.type(), "").className();
    String subject = type + "\n" + helpful(root);
    List<PlainFrame> application = frames(place(exception), CapturedFrame::application);
    List<PlainFrame> all = frames(root, f -> true);
    Set<String> hashes = new LinkedHashSet<>();
    if (root.type().equals(StackOverflowError.class.getName())) {
      List<PlainFrame> own = application.isEmpty() ? all : application;
      hashes.add(hash("cycle", type, cycle(own)));
    } else {
      if (!application.isEmpty()) {
        hashes.add(hash("application", subject, application));
      }
      if (!all.isEmpty()) {
        hashes.add(hash("all", subject, all));
      }
    }
    if (hashes.isEmpty()) {
      String message = root.message();
      String shape = message == null ? "" : MessageShape.of(message);
      hashes.add(hash("message", type + "\n" + shape, List.of()));
    }
    return new Fingerprint(List.copyOf(hashes), ALGORITHM);
  }

  /** The root cause, or the innermost wrapper with application frames when it has none. */
  static CapturedException place(CapturedException exception) {
    CapturedException found = exception.root();
    for (CapturedException e = exception; e != null; e = e.cause()) {
      if (e.topApplicationFrame().isPresent()) {
        found = e;
      }
    }
    return found;
  }

  private static List<PlainFrame> frames(
      CapturedException exception, Predicate<CapturedFrame> which) {
    List<PlainFrame> written = new ArrayList<>();
    for (CapturedFrame frame : exception.frames()) {
      PlainFrame plain = PlainFrame.of(frame);
      if (which.test(frame) && !plain.generated()) {
        written.add(plain);
      }
      if (written.size() == FRAMES) {
        break;
      }
    }
    return withoutRecursion(written);
  }

  /** Drops repetitions of cycles of up to eight frames, so that depth does not count. */
  static List<PlainFrame> withoutRecursion(List<PlainFrame> frames) {
    List<PlainFrame> kept = new ArrayList<>();
    for (PlainFrame frame : frames) {
      kept.add(frame);
      for (int length = 1; length <= LONGEST_CYCLE && 2 * length <= kept.size(); length++) {
        int end = kept.size();
        if (kept.subList(end - length, end).equals(kept.subList(end - 2 * length, end - length))) {
          kept.subList(end - length, end).clear();
          break;
        }
      }
    }
    return kept;
  }

  /** An overflowing stack is cut anywhere: what it goes through counts, not where it begins. */
  private static List<PlainFrame> cycle(List<PlainFrame> frames) {
    Set<String> seen = new TreeSet<>();
    List<PlainFrame> sorted = new ArrayList<>();
    frames.forEach(f -> seen.add(f.className() + " " + f.method()));
    for (String each : seen) {
      int space = each.lastIndexOf(' ');
      sorted.add(new PlainFrame(each.substring(0, space), each.substring(space + 1), false));
    }
    return sorted;
  }

  /** What the JVM itself says of the code that met null; empty for messages by people. */
  private static String helpful(CapturedException root) {
    @Nullable String message = root.message();
    if (message == null
        || !root.type().equals(NullPointerException.class.getName())
        || !message.startsWith("Cannot ")) {
      return "";
    }
    return message.length() > 512 ? message.substring(0, 512) : message;
  }

  private static String hash(String variant, String subject, List<PlainFrame> frames) {
    StringBuilder text = new StringBuilder(variant).append('\n').append(subject).append('\n');
    frames.forEach(f -> text.append(f.className()).append(' ').append(f.method()).append('\n'));
    return digest(text.toString()).substring(0, 2 * HASH_BYTES);
  }

  /** SHA-256 in lower-case hex. */
  static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
