package dev.fettle.source.java;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.util.TreeScanner;
import dev.fettle.testkit.TinyProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaFileTest {
  @TempDir Path dir;
  private TinyProject tiny;

  @BeforeEach
  void project() {
    tiny = TinyProject.in(dir);
  }

  private JavaFile open(String className, Focus focus) {
    return new JavaSources()
        .project(tiny.tree(), tiny.model())
        .fileOf(className, focus)
        .orElseThrow();
  }

  private static ExpressionTree call(JavaFile file, String source) {
    List<ExpressionTree> found = new ArrayList<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree m, Void p) {
        if (file.source(m).equals(source)) {
          found.add(m);
        }
        return super.visitMethodInvocation(m, p);
      }
    }.scan(file.unit(), null);
    return found.get(0);
  }

  @Test
  void typesExpressionsAgainstClassFilesOfTheProject() {
    tiny.source("package a; public class Money { public long cents() { return 1; } }")
        .source(
            """
            package a;
            class Cart {
              Money total() { return new Money(); }
              long cents() {
                return total().cents();
              }
            }
            """)
        .compile();

    JavaFile file = open("a.Cart", Focus.everything());

    assertThat(file.errors()).isEmpty();
    assertThat(file.typeOf(call(file, "total().cents()")).orElseThrow()).hasToString("long");
    assertThat(file.typeOf(call(file, "total()")).orElseThrow()).hasToString("a.Money");
  }

  @Test
  void runsNoCompilerPluginOfTheProject() throws IOException {
    tiny.source(
            """
            package a;
            public class Loud implements com.sun.source.util.Plugin {
              static { System.setProperty("loud.plugin", "ran"); }
              public String getName() { return "Loud"; }
              public boolean autoStart() { return true; }
              public void init(com.sun.source.util.JavacTask task, String... args) {}
            }
            """)
        .compile();
    Path services = tiny.model().modules().get(0).mainOutput().resolve("META-INF/services");
    Files.createDirectories(services);
    Files.writeString(services.resolve("com.sun.source.util.Plugin"), "a.Loud");

    JavaFile file = open("a.Loud", Focus.everything());

    assertThat(file.errors()).isEmpty();
    assertThat(System.getProperty("loud.plugin")).isNull();
  }

  @Test
  void typesLombokMembersOfTheOpenedFileItself() {
    tiny.libraryOf(lombok.Data.class)
        .source(
            """
            package a;
            import java.util.List;
            import lombok.Builder;
            import lombok.Data;
            import lombok.extern.java.Log;
            @Data @Builder @Log
            public class Order {
              private final String id;
              private List<String> lines;
              int size() {
                log.info("sizing");
                return Order.builder().id("x").build().getLines().size();
              }
              enum Kind { A, B }
              String after() { return getId().trim(); }
            }
            """)
        .compile("-processorpath", lombokJar());

    JavaFile file = open("a.Order", Focus.everything());

    assertThat(file.errors()).isEmpty();
    assertThat(file.typeOf(call(file, "getId().trim()")).orElseThrow())
        .hasToString("java.lang.String");
    assertThat(file.typeOf(call(file, "Order.builder().id(\"x\").build().getLines()")))
        .get()
        .hasToString("java.util.List<java.lang.String>");
    assertThat(file.methods())
        .extracting(MethodNode::name)
        .containsExactly("size", "<clinit>", "<clinit>", "after");
  }

  private static String lombokJar() {
    return lombok.Data.class.getProtectionDomain().getCodeSource().getLocation().getPath();
  }

  @Test
  void keepsOffsetsAndLinesWhenBodiesOutOfFocusAreBlank() {
    tiny.source(
            """
            class Two {
              int first() { return helper() + 1; }
              int second() {
                return helper();
              }
              int helper() { return 4; }
            }
            """)
        .compile();

    JavaFile file = open("Two", Focus.lines(4));

    MethodNode second = file.method("Two", "second", "()I", 4).orElseThrow();
    StatementTree statement = file.statementsAt(second, 4).get(0);
    assertThat(file.source(statement)).isEqualTo("return helper();");
    assertThat(file.line(statement)).isEqualTo(4);
    MethodNode first = file.method("Two", "first", "()I", -1).orElseThrow();
    assertThat(file.statementsAt(first, 2)).isEmpty();
    assertThat(file.text()).contains("helper() + 1");
  }

  @Test
  void findsLambdasNestedAndAnonymousMethodsByFrameNames() {
    tiny.source(
            """
            package a;
            import java.util.function.*;
            class Outer {
              Supplier<String> field = () -> name();
              static class Inner {
                Inner(int size) { }
                String run(java.util.List<String> names) {
                  names.forEach(
                      n -> {
                        System.out.println(n);
                      });
                  return new Object() {
                    @Override public String toString() {
                      return "anonymous";
                    }
                  }.toString();
                }
              }
              String name() { return ""; }
            }
            """)
        .compile();

    JavaFile file = open("a.Outer$Inner$1", Focus.everything());

    assertThat(file.method("a.Outer$Inner", "lambda$run$0", "(Ljava/lang/String;)V", 10))
        .get()
        .satisfies(m -> assertThat(file.source(m.tree())).startsWith("n -> {"));
    assertThat(file.method("a.Outer$Inner$1", "toString", "()Ljava/lang/String;", 14))
        .get()
        .satisfies(m -> assertThat(m.firstLine()).isEqualTo(13));
    assertThat(file.method("a.Outer$Inner", "<init>", "(I)V", 6)).isPresent();
    assertThat(file.method("a.Outer", "lambda$new$0", "()Ljava/lang/String;", 4))
        .get()
        .satisfies(m -> assertThat(file.source(m.tree())).isEqualTo("() -> name()"));
    assertThat(file.method("a.Outer$$SpringCGLIB$$0", "name", "()Ljava/lang/String;", -1))
        .isPresent();
  }

  @Test
  void givesTheHeaderOfALoopItsOwnLineOnly() {
    tiny.source(
            """
            class Loop {
              int sum(int[] a) {
                int s = 0;
                for (int i = 0; i <= a.length; i++) {
                  s += a[i];
                }
                return s;
              }
            }
            """)
        .compile();

    JavaFile file = open("Loop", Focus.everything());
    MethodNode sum = file.method("Loop", "sum", "([I)I", 5).orElseThrow();

    assertThat(file.statementsAt(sum, 5)).extracting(file::source).containsExactly("s += a[i];");
    assertThat(file.statementsAt(sum, 4))
        .extracting(s -> s.getKind().name())
        .containsExactly("FOR_LOOP");
  }

  @Test
  void namesVisibleVariablesAndWhetherTheyAreAssigned() {
    tiny.source(
            """
            class Scope {
              private String field = "f";
              String run(String parameter, Object o) {
                int assigned;
                int unassigned;
                assigned = 1;
                if (o instanceof String bound) {
                  return bound + field;
                }
                return "";
              }
            }
            """)
        .compile();

    JavaFile file = open("Scope", Focus.everything());
    MethodNode run = file.methods().stream().filter(m -> m.name().equals("run")).findFirst().get();
    StatementTree at = file.statementsAt(run, 8).get(0);

    assertThat(file.visibleVariables(file.path(at)))
        .extracting(v -> v.name() + " " + v.kind() + " " + v.assigned())
        .containsExactly(
            "bound LOCAL true",
            "unassigned LOCAL false",
            "assigned LOCAL true",
            "parameter PARAMETER true",
            "o PARAMETER true",
            "field FIELD true");
  }

  @Test
  void toleratesWhatDoesNotCompile() {
    tiny.source("class Odd { int f() { return 1; } }").compile();
    tiny.write(
        "src/main/java/Odd.java", "class Odd { int f() { return missing.call(gone()).x; } }");

    JavaFile file = open("Odd", Focus.everything());

    assertThat(file.errors()).isNotEmpty();
    assertThat(file.typeOf(call(file, "missing.call(gone())"))).isEmpty();
  }

  @Test
  void writesTypesAsTheFileWould() {
    tiny.source(
            """
            package a;
            import java.util.Map;
            class Types {
              Map<String, java.util.List<? extends Number>> f() { return null; }
            }
            """)
        .compile();

    JavaFile file = open("a.Types", Focus.everything());
    MethodNode f = file.methods().stream().filter(m -> m.name().equals("f")).findFirst().get();

    assertThat(file.typeText(file.returnType(f).orElseThrow()))
        .isEqualTo("Map<String, java.util.List<? extends Number>>");
    assertThat(file.nameOf("java.util.Map.Entry")).contains("Map.Entry");
    assertThat(file.nameOf("java.util.Optional")).isEmpty();
  }

  @Test
  void reportsSyntaxErrorsWithTheirLine() {
    assertThat(Syntax.errors("A.java", "class A {\n int f( { }\n}")).isNotEmpty();
    assertThat(Syntax.errors("A.java", "class A { }")).isEmpty();
    String deep = "class A { int x = " + "(".repeat(20_000) + "1" + ")".repeat(20_000) + "; }";
    assertThat(Syntax.errors("A.java", deep)).hasSize(1);
  }
}
