package dev.fettle.engine.monitor;

import dev.fettle.contract.model.CapturedFrame;
import java.util.regex.Pattern;

/**
 * A frame by the names its author wrote: without what compilers, proxies and the JVM add, which
 * changes from run to run or build to build. Lambdas keep the method that encloses them.
 *
 * @param className with anonymous classes' numbers as {@code #}
 * @param method lambdas as {@code enclosing$lambda}
 * @param generated whether no author wrote it: proxies, reflection, accessors
 */
public record PlainFrame(String className, String method, boolean generated) {
  /** Cut off with all that follows: generated subclasses of a class that somebody wrote. */
  private static final Pattern SUBCLASS =
      Pattern.compile(
          "\\$\\$SpringCGLIB\\$\\$|\\$\\$EnhancerBy|\\$\\$FastClassBy|\\$HibernateProxy\\$"
              + "|\\$HibernateInstantiator\\$|\\$MockitoMock\\$|\\$ByteBuddy\\$|\\$auxiliary\\$"
              + "|_\\$\\$_jvst|_\\$\\$_javassist|_\\$\\$_Weld|\\$Proxy\\$_\\$\\$|_ClientProxy\\b"
              + "|_Subclass\\b|\\$\\$Lambda|/0x|\\$\\$Sam\\$");

  private static final Pattern MACHINERY =
      Pattern.compile(
          "(?:.*[.])?\\$Proxy\\d+|(?:jdk\\.internal|java\\.lang|sun)\\.(?:reflect|invoke)\\..*"
              + "|.*Generated(?:Method|Constructor)Accessor\\d+|.*\\$\\$BeanMapByCGLIB.*");

  private static final Pattern ANONYMOUS = Pattern.compile("\\$\\d+(?=\\$|$)");

  /** Java {@code lambda$name$3}, Kotlin {@code name$lambda$3}, Scala {@code $anonfun$name$3}. */
  private static final Pattern LAMBDA =
      Pattern.compile(
          "lambda\\$(?<java>.+?)(?:\\$\\d+)+|(?<kotlin>.+?)\\$lambda(?:[$-]\\d+)*"
              + "|\\$anonfun\\$(?<scala>.+?)(?:\\$\\d+)*(?:\\$adapted)?");

  /** The frame of a trace as its author would name it. */
  public static PlainFrame of(CapturedFrame frame) {
    return of(cut(frame.className()), cut(frame.method()));
  }

  /** The frame of a method by its binary class name. */
  public static PlainFrame of(String className, String method) {
    var subclass = SUBCLASS.matcher(className);
    boolean derived = subclass.find();
    String name = derived ? className.substring(0, subclass.start()) : className;
    boolean generated =
        derived
            || MACHINERY.matcher(name).matches()
            || method.startsWith("access$")
            || method.startsWith("CGLIB$");
    if (name.endsWith("$")) {
      name = name.substring(0, name.length() - 1);
    }
    return new PlainFrame(ANONYMOUS.matcher(name).replaceAll("\\$#"), enclosing(method), generated);
  }

  /** {@code class.method}, for people. */
  public String display() {
    return className + "." + method;
  }

  private static String enclosing(String method) {
    var lambda = LAMBDA.matcher(method);
    if (!lambda.matches()) {
      return method;
    }
    for (String group : new String[] {"java", "kotlin", "scala"}) {
      String name = lambda.group(group);
      if (name != null) {
        return name + "$lambda";
      }
    }
    return method;
  }

  /** Names come from outside; the class file format allows 65535 bytes. */
  private static String cut(String name) {
    return name.length() > 512 ? name.substring(0, 512) : name;
  }
}
