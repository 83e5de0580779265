package dev.fettle.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fettle.testkit.InstalledJdk;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What healing must survive, in JVMs of their own under the packed agent, without a server. Most
 * cases share a JVM: {@code src/test/faults/app}.
 */
class FaultsIT {
  private static final Path PROGRAM = Path.of("src/test/faults/app");
  private static final String BARE =
      "{ public static int NAME(String t) { int n = 1; n = Integer.parseInt(t); return n; } }";

  @TempDir Path directory;

  @Test
  void everyCaseEndsAsItShould() throws Exception {
    Map<String, String> ends = run(program(), 10_000);
    assertCommon(ends, 10_000);
    assertThat(ends).doesNotContainKey("virtual-threads");
  }

  @Test
  void virtualThreadsAreHealedWithoutPinning() throws Exception {
    Optional<Path> jdk = InstalledJdk.of(25);
    assumeTrue(jdk.isPresent(), InstalledJdk.absent(25));
    Map<String, String> ends = run(program().on(jdk.orElseThrow()), 2_000);
    assertCommon(ends, 2_000);
    assertThat(ends).containsEntry("virtual-threads", "2000").containsEntry("pinned", "0");
  }

  private static void assertCommon(Map<String, String> ends, int threads) {
    assertThat(ends)
        // every lock is held as long as it should be, and no longer
        .containsEntry("two-locks", "1111")
        .containsEntry("two-locks-free", "true")
        .containsEntry("lock-not-taken", "NullPointerException")
        .containsEntry("synchronized", "6")
        .containsEntry("synchronized-free", "true")
        .containsEntry("explicit-lock", "7")
        // objects and classes are made whole or not at all
        .containsEntry("static-initializer", "ExceptionInInitializerError")
        .containsEntry("static-initializer-again", "NoClassDefFoundError")
        .containsEntry("constructor-before-parent", "NumberFormatException")
        .containsEntry("constructor", "8")
        // nothing works in these
        .containsEntry("stack-overflow", "StackOverflowError")
        .containsEntry("out-of-memory", "OutOfMemoryError")
        .containsEntry("thread-death", "ThreadDeath")
        .containsEntry("interrupted", "InterruptedException")
        .containsEntry("heal-inside-a-heal", "20")
        .containsEntry("heals-in-a-row", "400")
        // the first of them made beforehand by the JIT, without a trace
        .containsEntry("fast-throw", "healed")
        .containsEntry("too-often", "4 then NumberFormatException")
        // shapes of class files
        .containsEntry("near-64-KB", "NullPointerException")
        // without names of variables no value can be put into one, but one can be returned
        .containsEntry("no-debug-information", "0")
        .containsEntry("obfuscated", "0")
        .containsEntry("groovy-typed", "2")
        // nobody knows what a dynamic call would reach
        .containsEntry("groovy-dynamic", "NumberFormatException")
        .containsEntry("kotlin", "null")
        .containsEntry("kotlin-throws", "IllegalArgumentException")
        .containsEntry("many-threads", Integer.toString(threads))
        // nobody is kept in a loop that fails in every turn
        .containsEntry("loop", "0");
  }

  private static Map<String, String> run(TestApp app, int threads) throws Exception {
    Process process =
        app.start(
            "-cp", app.classes() + File.pathSeparator + libraries(), "app.Main", "" + threads);
    TestApp.Run run = app.finish(process, 180);
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).doesNotContain("VerifyError").doesNotContain("own failure");
    Map<String, String> ends = new LinkedHashMap<>();
    run.out().lines().map(l -> l.split(": ", 2)).forEach(l -> ends.put(l[0], l[1]));
    return ends;
  }

  private TestApp program() throws Exception {
    Path classes = Files.createDirectories(directory.resolve("classes"));
    TestApp.of(directory, "app/Huge.java", huge(), "-g");
    String bare = "package app; class Bare " + BARE.replace("NAME", "run");
    TestApp.of(directory, "app/Bare.java", bare, "-g:none");
    String obfuscated = "package a; public class a " + BARE.replace("NAME", "a");
    TestApp.of(directory, "a/a.java", obfuscated, "-g:none");
    groovy(classes);
    String path = classes + File.pathSeparator + libraries();
    for (String file : List.of("Cases.java", "FastThrow.java", "Often.java")) {
      TestApp.of(directory, "app/" + file, read(file), "-g", "-cp", path);
    }
    TestApp app = TestApp.of(directory, "app/Main.java", read("Main.java"), "-g", "-cp", path);
    overload(classes.resolve("a/a.class"));
    return app.with(
            "-Xmx300m",
            "-Dfettle.heal=typed",
            "-Dfettle.heal.healer=steamroller",
            "-Dfettle.heal.exclude=app.Main")
        .withAgent("http://127.0.0.1:9", "packages=app,a,shop,kotlin");
  }

  private static String libraries() {
    return Foreign.jar("groovy") + File.pathSeparator + Foreign.jar("kotlin-stdlib");
  }

  private static String huge() {
    StringBuilder text = new StringBuilder("package app; class Huge { static int run(int n) {\n");
    text.append("String none = null;\n");
    for (int i = 0; i < 3_400; i++) {
      text.append("n += (n ^ ").append(i + 70_000).append(") * 3 + (n >> 1);\n");
    }
    return text.append("n = none.length(); return n; } }").toString();
  }

  /** As obfuscators do: a second method of the same name and parameters, another result. */
  private static void overload(Path file) throws IOException {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(Files.readAllBytes(file))
        .accept(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public void visitEnd() {
                MethodVisitor other =
                    visitMethod(
                        Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
                        "a",
                        "(Ljava/lang/String;)J",
                        null,
                        null);
                other.visitCode();
                other.visitInsn(Opcodes.LCONST_1);
                other.visitInsn(Opcodes.LRETURN);
                other.visitMaxs(2, 1);
                other.visitEnd();
                super.visitEnd();
              }
            },
            0);
    Files.write(file, writer.toByteArray());
  }

  /** Compiled by Groovy's own compiler. */
  private void groovy(Path classes) throws IOException, InterruptedException {
    Path typed = directory.resolve("Typed.groovy");
    Path dynamic = directory.resolve("Dynamic.groovy");
    String body =
        "{ static int price(String text) {\n int n = 1\n n = Integer.parseInt(text)\n"
            + " return n + 1\n} }\n";
    Files.writeString(typed, "package shop\n@groovy.transform.CompileStatic\nclass Typed " + body);
    Files.writeString(dynamic, "package shop\nclass Dynamic " + body);
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-cp",
            Foreign.jar("groovy").toString(),
            "org.codehaus.groovy.tools.FileSystemCompiler",
            "-d",
            classes.toString(),
            typed.toString(),
            dynamic.toString()));
    Process compiler = new ProcessBuilder(command).inheritIO().start();
    assertThat(compiler.waitFor(60, TimeUnit.SECONDS) && compiler.exitValue() == 0).isTrue();
  }

  private static String read(String file) throws IOException {
    return Files.readString(PROGRAM.resolve(file));
  }
}
