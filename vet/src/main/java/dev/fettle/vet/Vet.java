package dev.fettle.vet;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Judges the bytecode of snippets and makes it count what it does. Knows nothing of where the bytes
 * come from and trusts nobody: the server calls it before it signs, the agent before it runs.
 */
public final class Vet {
  /** Largest class file, in bytes. */
  public static final int CLASS_BYTES = 64 * 1024;

  /** Internal name of a snippet's class. */
  public static final String CLASS_NAME = SnippetShape.NAME;

  private Vet() {}

  /** A snippet that works on copies of plain values. */
  public static Vetting contained(byte[] classFile) {
    return contained(classFile, List.of());
  }

  /**
   * A snippet that works on copies of plain values and may call what the application registered;
   * such methods take and give copies too. Those that take or give something else are left out.
   */
  public static Vetting contained(byte[] classFile, Collection<SkillMethod> skills) {
    Set<String> plain =
        skills.stream()
            .filter(SkillMethod::isPlain)
            .map(SkillMethod::key)
            .collect(Collectors.toSet());
    return judge(classFile, new ContainedRules(plain));
  }

  /** Whether a contained snippet may name the class of that binary name. */
  public static boolean mayName(String className) {
    return AllowList.shipped().names(Type.getObjectType(className.replace('.', '/')));
  }

  /**
   * A snippet that works on live objects. It is counted, and kept from processes, files, sockets,
   * threads, reflection and the like; it is not contained.
   *
   * @param application whether a class of that binary name may be used as a whole
   */
  public static Vetting full(byte[] classFile, Predicate<String> application) {
    return judge(classFile, new FullRules(application));
  }

  private static Vetting judge(byte[] classFile, Rules rules) {
    if (classFile.length > CLASS_BYTES) {
      return new Vetting.Refused("a class file of " + classFile.length + " bytes");
    }
    try {
      ClassNode node = new ClassNode();
      new ClassReader(classFile).accept(node, ClassReader.EXPAND_FRAMES);
      MethodNode method = SnippetShape.method(node);
      rules.check(method);
      return new Vetting.Accepted(SnippetRewriter.rewrite(node, method, rules.gauge()));
    } catch (Refusal refusal) {
      return new Vetting.Refused(refusal.reason());
    } catch (RuntimeException damaged) {
      // ASM reports a damaged class file in many ways, all unchecked
      return new Vetting.Refused(
          "not a readable class file: " + damaged.getClass().getSimpleName());
    }
  }
}
