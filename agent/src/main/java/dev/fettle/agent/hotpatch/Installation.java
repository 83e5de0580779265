package dev.fettle.agent.hotpatch;

import dev.fettle.boot.hotpatch.PatchLinks;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodHandles.Lookup.ClassOption;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Brings a plan's new classes, nestmates and links into the JVM, before any body names them. */
final class Installation {
  private final Instrumentation instrumentation;
  private final Function<String, Class<?>> classes;
  private final Map<String, Lookup> hidden = new HashMap<>();

  /**
   * @param classes running classes by internal name
   */
  Installation(Instrumentation instrumentation, Function<String, Class<?>> classes) {
    this.instrumentation = instrumentation;
    this.classes = classes;
  }

  /**
   * Installs it.
   *
   * @param host any running class of the patch; new classes go beside it
   */
  void install(PatchPlan plan, Class<?> host) throws IllegalAccessException {
    for (byte[] file : plan.newClasses()) {
      lookup(host).defineClass(file);
    }
    for (PatchPlan.HiddenFile file : plan.hiddenClasses()) {
      Lookup owner = lookup(classes.apply(file.owner()));
      hidden.put(file.name(), owner.defineHiddenClass(file.file(), false, ClassOption.NESTMATE));
    }
    for (Link link : plan.links()) {
      Class<?> owner = classes.apply(link.owner());
      PatchLinks.put(owner, link.key(), handle(link, owner));
    }
  }

  private MethodHandle handle(Link link, Class<?> owner) throws IllegalAccessException {
    try {
      return find(link, owner);
    } catch (NoSuchMethodException | NoSuchFieldException | ClassNotFoundException e) {
      throw new Refused("the running classes have no " + link.holder() + "." + link.name());
    }
  }

  private MethodHandle find(Link link, Class<?> owner)
      throws IllegalAccessException,
          NoSuchMethodException,
          NoSuchFieldException,
          ClassNotFoundException {
    ClassLoader loader = owner.getClassLoader();
    String descriptor = link.descriptor();
    boolean isMethod = descriptor.startsWith("(");
    MethodType type =
        MethodType.fromMethodDescriptorString(isMethod ? descriptor : "()" + descriptor, loader);
    if (link.kind() == Link.Kind.HIDDEN) {
      Lookup nestmate = hidden.get(link.holder());
      if (nestmate == null) {
        throw new IllegalStateException("no hidden class " + link.holder());
      }
      return nestmate.findStatic(nestmate.lookupClass(), link.name(), type);
    }
    Class<?> holder = Class.forName(link.holder().replace('/', '.'), false, loader);
    Lookup eyes = lookup(owner);
    return switch (link.kind()) {
      case STATIC -> eyes.findStatic(holder, link.name(), type);
      case SPECIAL -> eyes.findSpecial(holder, link.name(), type, owner);
      case GET -> eyes.findGetter(holder, link.name(), type.returnType());
      case PUT -> eyes.findSetter(holder, link.name(), type.returnType());
      case GET_STATIC -> eyes.findStaticGetter(holder, link.name(), type.returnType());
      case PUT_STATIC -> eyes.findStaticSetter(holder, link.name(), type.returnType());
      case VIRTUAL, HIDDEN -> eyes.findVirtual(holder, link.name(), type);
    };
  }

  /** Sees what the class itself sees, across modules. */
  private Lookup lookup(Class<?> owner) throws IllegalAccessException {
    Module module = owner.getModule();
    if (module.isNamed()) {
      instrumentation.redefineModule(
          module, Set.of(PatchLinks.class.getModule()), Map.of(), Map.of(), Set.of(), Map.of());
    }
    return fullLookup().in(owner);
  }

  /**
   * The JDK's own lookup. {@code privateLookupIn} cannot define hidden classes in another module,
   * and the application's unnamed module is not the agent's.
   */
  private Lookup fullLookup() throws IllegalAccessException {
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(),
        Map.of("java.lang.invoke", Set.of(Installation.class.getModule())),
        Set.of(),
        Map.of());
    try {
      Field full = Lookup.class.getDeclaredField("IMPL_LOOKUP");
      full.setAccessible(true);
      return (Lookup) full.get(null);
    } catch (NoSuchFieldException e) {
      throw new Refused("this JDK has no lookup that can define hidden classes");
    }
  }
}
