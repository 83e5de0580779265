package dev.fettle.agent.heal.snippet;

import dev.fettle.agent.heal.Chooser;
import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.heal.Treatment;
import dev.fettle.agent.heal.remedy.Remedies;
import dev.fettle.agent.options.HealMode;
import dev.fettle.vet.ContainedSnippet;
import dev.fettle.vet.Meter;
import dev.fettle.vet.Vet;
import dev.fettle.vet.Vetting;
import dev.fettle.wire.HealMessage;
import dev.fettle.wire.HealOrder;
import dev.fettle.wire.RemedyOrder;
import dev.fettle.wire.SnippetOrder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LineNumberNode;

/**
 * What the server prescribed: snippets and preferred remedies. Chooses the one of a place, method
 * and class of exception before it asks the next chooser. Thread-safe.
 */
public final class Snippets implements Chooser {
  private static final int PLACES = 512;

  private final OrderBook orders;
  private final Chooser next;
  private final Function<SiteFacts, HealMode> mode;
  private final Predicate<String> application;
  private final Skills skills;
  private final Waiting waiting;
  private final LongSupplier wallMillis;
  private final Map<String, Prescribed> places = new ConcurrentHashMap<>();

  /**
   * @param key gives that of the server, X.509 form; null refuses every snippet
   * @param agent this instance
   * @param mode how far healing may go at a place now
   * @param application whether a class of that binary name is the application's
   * @param skills what contained snippets may call
   * @param waiting asks for a snippet that a failing thread waits for
   */
  public Snippets(
      Supplier<byte @Nullable []> key,
      String agent,
      Chooser next,
      Function<SiteFacts, HealMode> mode,
      Predicate<String> application,
      Skills skills,
      Waiting waiting,
      LongSupplier wallMillis) {
    this.orders = new OrderBook(key, agent, wallMillis);
    this.next = next;
    this.mode = mode;
    this.application = application;
    this.skills = skills;
    this.waiting = waiting;
    this.wallMillis = wallMillis;
  }

  /** Puts one in place, in place of what was there. */
  public HealMessage.SnippetReply install(HealMessage.InstallSnippet message) {
    return install(message.order(), message.signature());
  }

  /** Prefers a remedy at a place, in place of what was there. */
  public HealMessage.SnippetReply install(HealMessage.PreferRemedy message) {
    return install(message.order(), message.signature());
  }

  private HealMessage.SnippetReply install(byte[] packed, byte[] signature) {
    OrderBook.Read read = orders.read(packed, signature);
    if (read instanceof OrderBook.Read.Refused refused) {
      return new HealMessage.SnippetReply(refused.id(), refused.reason());
    }
    HealOrder order = ((OrderBook.Read.Valid) read).order();
    return order instanceof SnippetOrder snippet ? install(snippet) : install((RemedyOrder) order);
  }

  private HealMessage.SnippetReply install(RemedyOrder order) {
    return Remedies.names().contains(order.remedy())
        ? place(new PreferredRemedy(order, next, wallMillis))
        : new HealMessage.SnippetReply(order.id(), "no such remedy: " + order.remedy());
  }

  private HealMessage.SnippetReply install(SnippetOrder order) {
    Vetting vetting =
        order.contained()
            ? Vet.contained(order.code(), skills.known(order.code()))
            : Vet.full(order.code(), application);
    if (vetting instanceof Vetting.Refused refused) {
      return new HealMessage.SnippetReply(order.id(), "not allowed: " + refused.reason());
    }
    try {
      return place(new Placed(order, body(order, (Vetting.Accepted) vetting), wallMillis));
    } catch (LinkageError e) {
      return new HealMessage.SnippetReply(order.id(), "the JVM refuses it: " + e);
    }
  }

  private HealMessage.SnippetReply place(Prescribed placed) {
    HealOrder order = placed.order();
    places.values().removeIf(p -> !p.isCurrent());
    if (places.size() >= PLACES && !places.containsKey(key(order))) {
      return new HealMessage.SnippetReply(order.id(), "too much is in place");
    }
    Prescribed former = places.put(key(order), placed);
    if (former != null) {
      former.withdraw();
    }
    waiting.answered(order.className(), order.method(), order.descriptor());
    return new HealMessage.SnippetReply(order.id(), null);
  }

  private Placed.Body body(SnippetOrder order, Vetting.Accepted accepted) {
    if (!order.contained()) {
      return new FullBody(accepted.code());
    }
    ContainedSnippet snippet = ContainedSnippet.of(accepted);
    return (values, failure) -> {
      ContainedSnippet.Run run = snippet.run(values, new Meter(skills));
      if (run instanceof ContainedSnippet.Run.Done done) {
        return new Placed.Ran.Gave(done.values());
      } else if (run instanceof ContainedSnippet.Run.Failed failed) {
        return new Placed.Ran.Nothing("the snippet failed with " + failed.exception());
      }
      return new Placed.Ran.Nothing(
          "the snippet was stopped: " + ((ContainedSnippet.Run.Stopped) run).reason());
    };
  }

  @Override
  public List<String> fitting(Failure failure) {
    return next.fitting(failure);
  }

  /** How many are in place. */
  public int count() {
    return places.size();
  }

  @Override
  public @Nullable Treatment prescribed(Failure failure) {
    Prescribed placed = places.isEmpty() ? null : find(failure);
    if (placed == null && waiting.asks(failure, mode.apply(failure.site()))) {
      placed = find(failure);
    }
    return placed != null && !failure.impossible().contains(placed.name()) ? placed : null;
  }

  @Override
  public @Nullable Treatment choose(Failure failure) {
    return next.choose(failure);
  }

  private @Nullable Prescribed find(Failure failure) {
    SiteFacts site = failure.site();
    String method = site.className() + " " + site.method().name + site.method().desc;
    String thrown = failure.thrown().getClass().getName();
    Prescribed found = places.get(method + " " + site.line() + " " + thrown);
    if (found == null) {
      found = places.get(method + " 0 " + thrown);
    }
    if (found == null) {
      found = inStatement(site, method, thrown);
    }
    return found != null && found.isCurrent() && mode.apply(site).allows(found.needs())
        ? found
        : null;
  }

  /** A statement may be written over several lines, of which the order names any. */
  private @Nullable Prescribed inStatement(SiteFacts site, String method, String thrown) {
    InsnList code = site.method().instructions;
    AbstractInsnNode at = code.get(site.statementFirst());
    while (at.getPrevious() != null && at.getPrevious().getOpcode() < 0) {
      at = at.getPrevious();
    }
    AbstractInsnNode end = code.get(site.statementLast()).getNext();
    while (at != end && at != null) {
      Prescribed found =
          at instanceof LineNumberNode line
              ? places.get(method + " " + line.line + " " + thrown)
              : null;
      if (found != null) {
        return found;
      }
      at = at.getNext();
    }
    return null;
  }

  private static String methodOf(HealOrder o) {
    return o.className() + "." + o.method() + o.descriptor();
  }

  private static String key(HealOrder o) {
    return o.className() + " " + o.method() + o.descriptor() + " " + o.line() + " " + o.exception();
  }

  @Override
  public void outcome(SiteFacts site, String treatment, boolean good, String why) {
    if (!treatment.startsWith("snippet:")) {
      next.outcome(site, treatment, good, why);
    }
    if (!good) {
      // one regression is enough: the built-in remedies take over
      String method = site.className() + "." + site.method().name + site.method().desc;
      places.values().stream()
          .filter(p -> p.name().equals(treatment))
          .filter(p -> p instanceof Placed || method.equals(methodOf(p.order())))
          .forEach(Prescribed::withdraw);
    }
  }
}
