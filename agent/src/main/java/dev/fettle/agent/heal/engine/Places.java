package dev.fettle.agent.heal.engine;

import dev.fettle.agent.heal.plan.Group;
import dev.fettle.agent.heal.plan.MethodPlan;
import dev.fettle.agent.heal.plan.Region;
import dev.fettle.agent.heal.replay.Members;
import dev.fettle.agent.weave.Cleanups;
import dev.fettle.boot.Site;
import dev.fettle.boot.heal.HealPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;

/** Finds the facts of failing regions. Thread-safe. */
final class Places {
  private final KeptClasses kept;
  private final Map<ClassLoader, Effects> effects =
      Collections.synchronizedMap(new WeakHashMap<>());

  // retransformation links call sites anew; what was learned must not be lost by that
  private final ClassValue<Map<String, Known>> byClass =
      new ClassValue<>() {
        @Override
        protected Map<String, Known> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  Places(KeptClasses kept) {
    this.kept = kept;
  }

  /** What one call site of woven code knows of its regions, filled as they fail. Thread-safe. */
  static final class Known {
    // by number; asked at every throwable, also at those that the program expects
    private final AtomicReference<RegionState[]> regions =
        new AtomicReference<>(new RegionState[0]);
    final @Nullable MethodPlan plan;
    final Members members;
    final Effects effects;
    private final String className;
    private final @Nullable String superName;
    private final HealPoint point;
    private final int hash;

    Known(
        HealPoint point,
        @Nullable MethodPlan plan,
        @Nullable String superName,
        Effects effects,
        int hash) {
      this.point = point;
      this.hash = hash;
      this.plan = plan;
      this.className = point.caller().lookupClass().getName();
      this.superName = superName;
      this.members = new Members(point.caller());
      this.effects = effects;
    }

    RegionState region(int number) {
      RegionState state = known(number);
      return state != null ? state : add(number);
    }

    /** Null before its first failure. */
    @Nullable RegionState known(int number) {
      RegionState[] all = Objects.requireNonNull(regions.get());
      return number < all.length ? all[number] : null;
    }

    private RegionState add(int number) {
      RegionState made = create(number);
      RegionState[] all =
          regions.updateAndGet(
              old -> {
                RegionState[] more = Arrays.copyOf(old, Math.max(old.length, number + 1));
                more[number] = more[number] == null ? made : more[number];
                return more;
              });
      return all[number];
    }

    private RegionState create(int number) {
      Region region = plan == null ? null : plan.region(number);
      if (plan == null || region == null) {
        return new RegionState(null, unknownSite(point), List.of());
      }
      Group group = plan.groups().get(point.group());
      // asked for at every throwable: made once
      String id = className + "." + plan.method().name + ":" + plan.lineOf(region.from());
      Comfort comfort = new Comfort(plan, effects);
      Place place = new Place(id, className, superName, plan, group, region, members, comfort);
      List<Integer> slots = new ArrayList<>();
      Site site = site(plan, group, region, slots);
      return new RegionState(isReachable(place) ? place : null, site, slots);
    }

    /** Woven code casts to the types of variables, which it may not be allowed to name. */
    private static boolean isReachable(Place place) {
      try {
        for (Object type : place.group().types()) {
          if (type instanceof String name) {
            place.members().accessible(name);
          }
        }
        return true;
      } catch (ReflectiveOperationException | LinkageError e) {
        return false;
      }
    }

    private Site site(MethodPlan plan, Group group, Region region, List<Integer> slots) {
      MethodNode method = plan.method();
      boolean isStatic = (method.access & Opcodes.ACC_STATIC) != 0;
      int parameters = Type.getArgumentsAndReturnSizes(method.desc) >> 2;
      StringBuilder names = new StringBuilder();
      if (!isStatic) {
        slots.add(0);
      }
      for (int slot : group.passed()) {
        LocalVariableNode variable = plan.variable(slot, region.from());
        if (variable != null && (isStatic || slot > 0)) {
          boolean parameter = slot < (isStatic ? parameters - 1 : parameters);
          names.append(parameter ? 'p' : 'l').append(variable.name).append(' ');
          names.append(variable.desc).append('\n');
          slots.add(slot);
        }
      }
      int line = plan.lineOf(region.from());
      return new Site(
          point.caller().lookupClass(),
          method.name,
          method.desc,
          names.toString(),
          !isStatic,
          plan.firstLine(),
          Math.max(line, plan.lastLine()));
    }
  }

  /** Of a place that nothing is known of but its method. */
  static Site unknownSite(HealPoint point) {
    return new Site(
        point.caller().lookupClass(), point.method(), point.descriptor(), "", false, 0, 0);
  }

  Known of(HealPoint point) {
    Object attached = point.attachment().get();
    if (attached instanceof Known known) {
      return known;
    }
    String key = point.method() + point.descriptor() + '#' + point.group();
    Map<String, Known> ofClass = byClass.get(point.caller().lookupClass());
    Known made = ofClass.get(key);
    byte[] bytes = bytes(point);
    if (made == null || made.hash != Arrays.hashCode(bytes)) {
      made = make(point, bytes);
      ofClass.put(key, made);
    }
    point.attachment().set(made);
    return made;
  }

  private byte @Nullable [] bytes(HealPoint point) {
    Class<?> type = point.caller().lookupClass();
    return kept.bytes(type.getClassLoader(), type.getName());
  }

  Effects effects(HealPoint point) {
    return of(point).effects;
  }

  private Known make(HealPoint point, byte @Nullable [] bytes) {
    Class<?> type = point.caller().lookupClass();
    ClassLoader loader = type.getClassLoader();
    Effects ofLoader =
        effects.computeIfAbsent(
            loader == null ? Places.class.getClassLoader() : loader,
            l -> new Effects(loader, kept));
    int hash = Arrays.hashCode(bytes);
    if (bytes == null) {
      return new Known(point, null, null, ofLoader, hash);
    }
    ClassNode node = new ClassNode();
    new ClassReader(bytes).accept(node, ClassReader.EXPAND_FRAMES);
    for (MethodNode method : node.methods) {
      if (method.name.equals(point.method()) && method.desc.equals(point.descriptor())) {
        MethodPlan plan = MethodPlan.of(node.name, method, Cleanups.of(method));
        return new Known(point, plan, node.superName, ofLoader, hash);
      }
    }
    return new Known(point, null, null, ofLoader, hash);
  }
}
