package dev.fettle.agent.heal.report;

import dev.fettle.agent.heal.Exit;
import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.SiteFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** A place in {@link Program#price}, as the mechanism would describe it. */
public record OneSite(MethodNode method) implements SiteFacts {
  /** A program that fails. */
  public static final class Program {
    private Program() {}

    /** Fails on a text that is no number. */
    public static int price(String text, List<Integer> seen, int[] known) {
      int price = 7;
      price = Integer.parseInt(text);
      seen.add(price);
      return price + known.length;
    }

    /** Computes until it is told to stop. */
    static int price(AtomicBoolean stop) {
      int turns = 0;
      while (!stop.get()) {
        turns++;
      }
      return turns;
    }
  }

  /** A site of that method, all of it one region. */
  public static OneSite price() {
    try (InputStream in = Program.class.getResourceAsStream("OneSite$Program.class")) {
      ClassNode node = new ClassNode();
      new ClassReader(in).accept(node, 0);
      return new OneSite(
          node.methods.stream().filter(m -> m.name.equals("price")).findFirst().orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A failure there. */
  public Failure failing(Throwable thrown, Object... locals) {
    return new Failure() {
      @Override
      public SiteFacts site() {
        return OneSite.this;
      }

      @Override
      public Throwable thrown() {
        return thrown;
      }

      @Override
      public @Nullable Object[] locals() {
        return locals;
      }

      @Override
      public @Nullable Object[] localsAtStart() {
        return locals;
      }

      @Override
      public @Nullable Culprit culprit() {
        return null;
      }

      @Override
      public @Nullable String replayRefusal(boolean whole) {
        return null;
      }

      @Override
      public int attempt() {
        return 0;
      }

      @Override
      public Set<String> impossible() {
        return Set.of();
      }

      @Override
      public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
      }
    };
  }

  @Override
  public String id() {
    return className() + ".price:" + line();
  }

  @Override
  public String className() {
    return Program.class.getName();
  }

  @Override
  public String superName() {
    return "java/lang/Object";
  }

  @Override
  public int region() {
    return 0;
  }

  @Override
  public int regionFirst() {
    return method.instructions.size() / 2;
  }

  @Override
  public int regionLast() {
    return method.instructions.size() - 3;
  }

  @Override
  public int statementFirst() {
    return regionFirst();
  }

  @Override
  public int statementLast() {
    return regionLast();
  }

  @Override
  public int line() {
    return 27;
  }

  @Override
  public List<Loop> loops() {
    return List.of();
  }

  @Override
  public List<Integer> suspects() {
    return List.of();
  }

  @Override
  public boolean isLive(int slot) {
    return slot < 4;
  }

  @Override
  public int target(Exit exit) {
    return method.instructions.size() - 1;
  }

  @Override
  public @Nullable String refusal(Exit exit) {
    return null;
  }

  @Override
  public List<Integer> freshAt(Exit exit) {
    return List.of();
  }

  @Override
  public @Nullable String returnRefusal() {
    return null;
  }
}
