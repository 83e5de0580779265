package dev.fettle.agent.observe;

import dev.fettle.agent.capture.ValueCapture;
import dev.fettle.boot.Site;
import dev.fettle.wire.Exchange;
import dev.fettle.wire.Local;
import dev.fettle.wire.Value;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One throwable on its way up, with its wrappers. Its thread adds frames; whoever {@link #claim}s
 * it ends it. Holds a live throwable until it is reported or released.
 */
final class Failure {
  /** More frames with values are not kept. */
  private static final int FRAMES = 32;

  /** One frame's values. */
  record Seen(Site site, @Nullable Value receiver, List<Local> locals) {}

  private record Link(Seen seen, @Nullable Link inner) {}

  final FailureKey key;
  final Judgement judgement;
  final String thread;
  final long thrownAt;
  final boolean loggedOnly;
  private final AtomicBoolean claimed = new AtomicBoolean();
  private final boolean valued;
  // holds what it copied, so it goes as soon as nothing more is copied
  private volatile ValueCapture.@Nullable Copier copier;
  private volatile @Nullable Throwable outermost;
  private volatile @Nullable WeakReference<Throwable> reported;
  private volatile boolean logged;
  private volatile @Nullable Link frames;
  private volatile @Nullable Exchange exchange;
  private int count;
  private int framesLeft;

  /**
   * @param copier null when only the trace is wanted
   */
  Failure(
      FailureKey key,
      Throwable thrown,
      Judgement judgement,
      String thread,
      long thrownAt,
      boolean loggedOnly,
      ValueCapture.@Nullable Copier copier) {
    this.key = key;
    this.outermost = thrown;
    this.judgement = judgement;
    this.thread = thread;
    this.thrownAt = thrownAt;
    this.loggedOnly = loggedOnly;
    this.copier = copier;
    this.valued = copier != null;
    this.framesLeft = judgement.framesLeft() + 1;
  }

  /** Null when it ended unreported. */
  @Nullable Throwable outermost() {
    WeakReference<Throwable> weak = reported;
    return weak == null ? outermost : weak.get();
  }

  /** Lets go of the throwable. */
  void release() {
    outermost = null;
  }

  /** Lets go of the throwable, which may still come by while the program holds it. */
  void reported() {
    Throwable last = outermost;
    reported = last == null ? null : new WeakReference<>(last);
    outermost = null;
  }

  /** The application logs it as an error. */
  void logged() {
    logged = true;
  }

  boolean isLogged() {
    return logged;
  }

  /** Why it is reported. */
  String reason() {
    return logged && judgement.outlook() != Judgement.Outlook.UNANTICIPATED
        ? "it was logged as an error; " + judgement.reason()
        : judgement.reason();
  }

  void wrappedIn(Throwable wrapper) {
    if (reported == null) {
      outermost = wrapper;
    } else {
      reported = new WeakReference<>(wrapper);
    }
  }

  void during(@Nullable Exchange request) {
    exchange = request;
  }

  @Nullable Exchange exchange() {
    return exchange;
  }

  boolean hasValues() {
    return valued;
  }

  /** Called on the failing thread as each woven frame is left. */
  void left(Site site, @Nullable Object[] raw) {
    framesLeft--;
    ValueCapture.Copier values = copier;
    if (values != null && !claimed.get() && count < FRAMES && values.hasRoom()) {
      copy(values, site, raw);
    }
    if (leftAll()) {
      copier = null;
    }
  }

  private void copy(ValueCapture.Copier copier, Site site, @Nullable Object[] values) {
    count++;
    copier.nextFrame();
    String owner = site.owner().getName();
    Value receiver = site.instance() ? copier.copy("this", owner, values[0]) : null;
    List<Local> locals = new ArrayList<>();
    int at = site.instance() ? 1 : 0;
    for (String line : site.variables().split("\n")) {
      int blank = line.indexOf(' ');
      if (blank > 0 && at < values.length) {
        String name = line.substring(1, blank);
        String descriptor = line.substring(blank + 1);
        Value value = copier.copy(name, FailureKey.binaryName(descriptor), values[at++]);
        locals.add(new Local(name, descriptor, line.charAt(0) == 'p', value));
      }
    }
    frames = new Link(new Seen(site, receiver, locals), frames);
  }

  /** Whether every woven frame that the judgement expected was left. */
  boolean leftAll() {
    return framesLeft <= 0;
  }

  /** True for exactly one caller. */
  boolean claim() {
    boolean first = claimed.compareAndSet(false, true);
    copier = null;
    return first;
  }

  boolean isClaimed() {
    return claimed.get();
  }

  /** Innermost first. */
  List<Seen> frames() {
    List<Seen> all = new ArrayList<>();
    for (Link link = frames; link != null; link = link.inner) {
      all.add(0, link.seen);
    }
    return all;
  }
}
