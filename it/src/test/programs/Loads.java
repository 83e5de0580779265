import java.util.Enumeration;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Links every class of some jars and prints which fail, how, and one call that fails. */
public class Loads {
  public static void main(String[] jars) throws Exception {
    TreeMap<String, String> failures = new TreeMap<>();
    int classes = 0;
    ClassLoader loader = Loads.class.getClassLoader();
    for (String jar : jars) {
      try (JarFile file = new JarFile(jar)) {
        Enumeration<JarEntry> entries = file.entries();
        while (entries.hasMoreElements()) {
          String name = entries.nextElement().getName();
          if (name.endsWith(".class") && !name.startsWith("META-INF") && !name.contains("-info")) {
            classes++;
            link(name.substring(0, name.length() - 6).replace('/', '.'), loader, failures);
          }
        }
      }
    }
    System.out.println(classes + " classes");
    failures.forEach((name, how) -> System.out.println(name + " " + how));
    System.out.println("fails: " + failing(loader));
  }

  /** Reading the methods of a class links it, which verifies it, and does not initialize it. */
  private static void link(String name, ClassLoader loader, TreeMap<String, String> failures) {
    try {
      Class.forName(name, false, loader).getDeclaredMethods();
    } catch (ClassNotFoundException | LinkageError e) {
      failures.put(name, e.getClass().getName());
    }
  }

  /** Raises, or is healed by a default value, where the agent heals. */
  private static String failing(ClassLoader loader) throws Exception {
    String[] end = {"healed"};
    Class<?> range = loader.loadClass("kotlin.ranges.IntRange");
    Object wrong = range.getConstructor(int.class, int.class).newInstance(2, 9);
    var method =
        loader.loadClass("kotlin.text.StringsKt").getMethod("substring", String.class, range);
    // declared by a parent that is not public
    method.setAccessible(true);
    Thread thread =
        new Thread(
            () -> {
              try {
                method.invoke(null, "abc", wrong);
              } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
              }
            });
    thread.setUncaughtExceptionHandler((t, e) -> end[0] = "raised");
    thread.start();
    thread.join();
    return end[0];
  }
}
