package dev.fettle.agent.weave;

import static dev.fettle.agent.weave.WovenLoader.How.HEALABLE;
import static dev.fettle.agent.weave.WovenLoader.How.OBSERVED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

class RealLibrariesTest {
  @Test
  void everyWovenClassOfRealLibrariesLinksAsItDidBefore() throws Exception {
    URL[] jars = {
      jarOf(org.assertj.core.api.Assertions.class),
      jarOf(org.objectweb.asm.ClassReader.class),
      jarOf(org.objectweb.asm.tree.MethodNode.class),
      jarOf(org.junit.jupiter.api.Test.class),
      jarOf(Class.forName("org.junit.platform.engine.TestEngine"))
    };
    Map<String, String> plain = linking(jars, new WovenLoader(jars, WovenLoader.How.PLAIN));
    for (WovenLoader.How how : new WovenLoader.How[] {OBSERVED, HEALABLE}) {
      WovenLoader woven = new WovenLoader(jars, how);
      assertThat(linking(jars, woven)).as(how.name()).isEqualTo(plain);
      assertThat(woven.woven()).isGreaterThan(500);
    }
  }

  /** How each class that does not link fails. */
  private static Map<String, String> linking(URL[] jars, ClassLoader loader) throws Exception {
    Map<String, String> failures = new TreeMap<>();
    for (URL jar : jars) {
      try (JarFile file = new JarFile(Path.of(jar.toURI()).toFile())) {
        for (JarEntry entry : file.stream().toList()) {
          String name = entry.getName();
          if (name.endsWith(".class") && !name.startsWith("META-INF") && !name.contains("-info")) {
            link(name.replace('/', '.').substring(0, name.length() - 6), loader, failures);
          }
        }
      }
    }
    return failures;
  }

  private static void link(String name, ClassLoader loader, Map<String, String> failures) {
    try {
      Class.forName(name, false, loader).getDeclaredMethods();
    } catch (ClassNotFoundException | LinkageError e) {
      failures.put(name, e.getClass().getName());
    }
  }

  private static URL jarOf(Class<?> type) throws IOException {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }
}
