package dev.fettle.agent.observe;

import dev.fettle.agent.weave.Catch;
import dev.fettle.agent.weave.ClassFacts;
import dev.fettle.boot.Site;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the stack for a catch clause of the application that was written for a throwable. Costs
 * some 15 microseconds at 27 frames. Thread-safe.
 */
public final class Judge {
  private static final int FRAMES = 512;
  private static final List<String> RETRIES =
      List.of(
          "org.springframework.retry.",
          "org.springframework.core.retry.",
          "io.github.resilience4j.",
          "dev.failsafe.",
          "net.jodah.failsafe.",
          "io.smallrye.faulttolerance.");

  // descriptors of frames need it since JDK 22
  private final StackWalker walker =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
  private final ApplicationClasses classes;

  public Judge(ApplicationClasses classes) {
    this.classes = classes;
  }

  /** Whether a class belongs to a library that tries again. */
  static boolean isRetry(String className) {
    return RETRIES.stream().anyMatch(className::startsWith);
  }

  /** Called while the method of {@code site} is on the stack. */
  public Judgement judge(Site site, Throwable thrown) {
    Set<String> types = new HashSet<>();
    for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
      types.add(type.getName());
    }
    return walker.walk(frames -> walk(frames, site, types));
  }

  private Judgement walk(Stream<StackWalker.StackFrame> frames, Site site, Set<String> types) {
    Iterator<StackWalker.StackFrame> rest = frames.limit(FRAMES).iterator();
    String owner = site.owner().getName();
    StackWalker.StackFrame own = null;
    while (own == null && rest.hasNext()) {
      StackWalker.StackFrame frame = rest.next();
      if (frame.getClassName().equals(owner) && frame.getMethodName().equals(site.method())) {
        own = frame;
      }
    }
    Walk walk = new Walk(types);
    Judgement judgement = own == null ? null : walk.begin(own);
    while (judgement == null && rest.hasNext()) {
      judgement = walk.step(rest.next());
    }
    return judgement == null ? walk.end() : judgement;
  }

  /** One walk. */
  private final class Walk {
    private final Set<String> types;
    private int woven;
    private @Nullable String converter;
    private @Nullable String ignored;
    private boolean retried;

    Walk(Set<String> types) {
      this.types = types;
    }

    /** The frame that is being left: what its own clauses do after it was reported. */
    @Nullable Judgement begin(StackWalker.StackFrame frame) {
      ClassFacts facts = classes.facts(frame.getClassName());
      String method = frame.getMethodName() + frame.getDescriptor();
      return facts == null
          ? null
          : look(frame, facts, method, facts.after(method, frame.getByteCodeIndex()));
    }

    @Nullable Judgement step(StackWalker.StackFrame frame) {
      ClassFacts facts = classes.facts(frame.getClassName());
      if (facts == null) {
        retried |= isRetry(frame.getClassName());
        return null;
      }
      String method = frame.getMethodName() + frame.getDescriptor();
      Judgement judgement =
          look(frame, facts, method, facts.around(method, frame.getByteCodeIndex()));
      woven += judgement == null && facts.woven().contains(method) ? 1 : 0;
      return judgement;
    }

    private @Nullable Judgement look(
        StackWalker.StackFrame frame, ClassFacts facts, String method, List<Catch> clauses) {
      for (Catch clause : clauses) {
        if (types.contains(clause.type())) {
          Judgement judgement = caught(clause, facts.isBoundary(method), place(frame, clause));
          boolean again = facts.after(method, frame.getByteCodeIndex()).contains(clause);
          // reported before the clause has it, and once more when the clause throws
          woven += judgement == null && again ? 1 : 0;
          return judgement;
        }
      }
      return null;
    }

    private @Nullable Judgement caught(Catch clause, boolean boundary, String place) {
      if (!clause.broad()) {
        if (!clause.rethrows()) {
          return new Judgement(Judgement.Outlook.ANTICIPATED, woven, "caught by " + place);
        }
        converter = converter == null ? place : converter;
      } else if (clause.rethrows() || boundary) {
        ignored = place;
      } else {
        return new Judgement(
            converter == null ? Judgement.Outlook.SWALLOWED : Judgement.Outlook.CONVERTED,
            woven,
            "only a catch of everything, " + place);
      }
      return null;
    }

    Judgement end() {
      if (converter != null) {
        return new Judgement(Judgement.Outlook.CONVERTED, woven, "passed on by " + converter);
      }
      if (retried) {
        return new Judgement(Judgement.Outlook.RETRIED, woven, "tries did not help");
      }
      String reason =
          ignored == null
              ? "no catch clause of the application is meant for it"
              : "only caught to be passed on or at a boundary, " + ignored;
      return new Judgement(Judgement.Outlook.UNANTICIPATED, woven, reason);
    }

    private static String place(StackWalker.StackFrame frame, Catch clause) {
      return "catch ("
          + clause.type()
          + ") in "
          + frame.getClassName()
          + "."
          + frame.getMethodName();
    }
  }
}
