package dev.fettle.agent.heal.snippet;

import dev.fettle.agent.heal.Failure;
import dev.fettle.vet.BudgetExhausted;
import dev.fettle.vet.Steps;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;

/**
 * A snippet over live state: a hidden nestmate of the class that it heals, defined at its first use
 * there with the rights that the failing place has. Thread-safe.
 */
final class FullBody implements Placed.Body {
  private static final MethodType SHAPE =
      MethodType.methodType(Object[].class, Consumer.class, Object[].class);

  private final byte[] code;

  // kept by the host: a map would hold the host, whose nestmate the handle calls
  private final ClassValue<AtomicReference<@Nullable MethodHandle>> defined =
      new ClassValue<>() {
        @Override
        protected AtomicReference<@Nullable MethodHandle> computeValue(Class<?> host) {
          return new AtomicReference<>();
        }
      };

  FullBody(byte[] code) {
    this.code = code;
  }

  @Override
  public Placed.Ran run(@Nullable Object[] values, Failure failure) {
    try {
      MethodHandle heal = handle(failure.lookup());
      @Nullable Object[] given =
          (Object[]) heal.invoke((Consumer<@Nullable Object>) new Steps(), (Object) values);
      return given == null
          ? new Placed.Ran.Nothing("the snippet gave nothing back")
          : new Placed.Ran.Gave(given);
    } catch (BudgetExhausted end) {
      return new Placed.Ran.Nothing("the snippet was stopped: " + end.getMessage());
    } catch (VirtualMachineError fatal) {
      throw fatal;
    } catch (Throwable firebreak) {
      return new Placed.Ran.Nothing("the snippet failed with " + firebreak.getClass().getName());
    }
  }

  private MethodHandle handle(MethodHandles.Lookup lookup) throws ReflectiveOperationException {
    Class<?> host = lookup.lookupClass();
    AtomicReference<@Nullable MethodHandle> place = defined.get(host);
    MethodHandle known = place.get();
    if (known == null) {
      MethodHandles.Lookup hidden =
          lookup.defineHiddenClass(
              inPackage(host), true, MethodHandles.Lookup.ClassOption.NESTMATE);
      known =
          hidden
              .findStatic(hidden.lookupClass(), "heal", SHAPE)
              .asType(MethodType.methodType(Object.class, Consumer.class, Object.class));
      place.set(known);
    }
    return known;
  }

  /** A nestmate lives in its host's package. */
  private byte[] inPackage(Class<?> host) {
    String name = host.getPackageName().replace('.', '/');
    if (name.isEmpty()) {
      return code;
    }
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(code)
        .accept(
            new ClassRemapper(
                writer,
                new SimpleRemapper(Opcodes.ASM9, Map.of("FettleSnippet", name + "/FettleSnippet"))),
            0);
    return writer.toByteArray();
  }
}
