package dev.fettle.vet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NestmateViewTest {
  @TempDir Path folder;

  /** Everything about it is its own. */
  private static final class Secret {
    private int count;

    private int next() {
      return ++count;
    }
  }

  @Test
  void privateMembersCanBeCompiledAgainst() throws Exception {
    assertThat(new Secret().next()).isEqualTo(1);
    String name = Secret.class.getName().replace('.', '/');
    Map<String, byte[]> views =
        NestmateView.of(List.of(bytes(name), bytes(NestmateViewTest.class.getName())));
    for (Map.Entry<String, byte[]> each : views.entrySet()) {
      Path file = folder.resolve(each.getKey() + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, each.getValue());
    }
    Path source = folder.resolve("Use.java");
    Files.writeString(
        source,
        "class Use { int of(dev.fettle.vet.NestmateViewTest.Secret s)"
            + " { return s.next() + s.count; } }");
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", folder.toString(), "-d", folder.toString(), "" + source);
    assertThat(code).isZero();
  }

  @Test
  void whatIsNoClassFileIsLeftOut() {
    assertThat(NestmateView.of(List.of(new byte[] {1, 2, 3}))).isEmpty();
  }

  private static byte[] bytes(String name) throws Exception {
    String resource = "/" + name.replace('.', '/') + ".class";
    try (InputStream in = NestmateViewTest.class.getResourceAsStream(resource)) {
      return in.readAllBytes();
    }
  }
}
