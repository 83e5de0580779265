package dev.fettle.lab;

import dev.fettle.lab.protocol.Message;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles in memory with the JDK's javac; class paths and processors stay open between jobs. */
final class SourceCompiler {
  private static final int ERRORS = 20;
  private static final int CHARACTERS = 8_000;

  private final JavaCompiler compiler;
  private final Message.Setup setup;
  private final MemoryFiles mainFiles;
  private final MemoryFiles testFiles;

  SourceCompiler(Message.Setup setup) throws IOException {
    JavaCompiler found = ToolProvider.getSystemJavaCompiler();
    if (found == null) {
      throw new IOException("a JDK is wanted: this JVM has no compiler");
    }
    this.compiler = found;
    this.setup = setup;
    List<String> mainPath = new ArrayList<>(List.of(setup.mainOutput()));
    mainPath.addAll(setup.mainClasspath());
    this.mainFiles = files(mainPath, setup.processorPath());
    this.testFiles = files(setup.testClasspath(), List.of());
  }

  private MemoryFiles files(List<String> classPath, List<String> processorPath) throws IOException {
    StandardJavaFileManager files =
        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
    files.setLocationFromPaths(StandardLocation.CLASS_PATH, existing(classPath));
    files.setLocationFromPaths(StandardLocation.SOURCE_PATH, List.of());
    if (!processorPath.isEmpty()) {
      files.setLocationFromPaths(
          StandardLocation.ANNOTATION_PROCESSOR_PATH, existing(processorPath));
    }
    return new MemoryFiles(files);
  }

  private static List<Path> existing(List<String> paths) {
    return paths.stream().map(Path::of).filter(Files::exists).toList();
  }

  Message compile(Message.Compile request, Application application) throws IOException {
    Map<String, byte[]> main = Map.of();
    Set<String> declared = new LinkedHashSet<>();
    if (!request.main().isEmpty()) {
      Result result =
          compile(mainFiles, request.main(), setup.javacArguments(), bytes(request.given()));
      if (result.refusal().isPresent()) {
        return new Message.Refused(result.refusal().get());
      }
      main = result.classes();
      main.keySet().forEach(c -> declared.add(Application.topLevel(c)));
    }
    Map<String, byte[]> tests = Map.of();
    if (!request.tests().isEmpty()) {
      Map<String, byte[]> given = new java.util.HashMap<>(bytes(request.given()));
      given.putAll(main);
      Result result = compile(testFiles, request.tests(), testArguments(), given);
      if (result.refusal().isPresent()) {
        return new Message.Refused(result.refusal().get());
      }
      tests = result.classes();
    }
    List<String> changed = new ArrayList<>();
    List<String> unchanged = new ArrayList<>();
    boolean reshaped = false;
    for (Map.Entry<String, byte[]> entry : main.entrySet()) {
      byte[] before = application.find(entry.getKey()).map(Application.Found::bytes).orElse(null);
      if (Arrays.equals(before, entry.getValue())) {
        unchanged.add(entry.getKey());
      }
      reshaped |= MethodDiff.compare(before, entry.getValue(), changed);
    }
    return new Message.Compiled(
        list(main), list(tests), unchanged, List.copyOf(declared), changed, reshaped);
  }

  private static Map<String, byte[]> bytes(List<Message.ClassBytes> classes) {
    Map<String, byte[]> map = new java.util.HashMap<>();
    classes.forEach(c -> map.put(c.name(), c.bytes()));
    return map;
  }

  private static List<Message.ClassBytes> list(Map<String, byte[]> classes) {
    return classes.entrySet().stream()
        .map(e -> new Message.ClassBytes(e.getKey(), e.getValue()))
        .toList();
  }

  private record Result(Map<String, byte[]> classes, Optional<String> refusal) {}

  private Result compile(
      MemoryFiles files,
      List<Message.Source> sources,
      List<String> arguments,
      Map<String, byte[]> given) {
    files.begin(given);
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    List<JavaFileObject> units = new ArrayList<>();
    sources.forEach(s -> units.add(new MemoryFiles.SourceFile(s.path(), s.text())));
    StringWriter output = new StringWriter();
    boolean passed;
    try {
      passed = compiler.getTask(output, files, diagnostics, arguments, null, units).call();
    } catch (RuntimeException | StackOverflowError e) {
      return new Result(Map.of(), Optional.of("the compiler gave up: " + cut(e.toString())));
    }
    if (!passed) {
      return new Result(Map.of(), Optional.of(errors(diagnostics, output.toString())));
    }
    return new Result(files.classes(), Optional.empty());
  }

  private List<String> testArguments() {
    List<String> arguments = new ArrayList<>();
    List<String> main = setup.javacArguments();
    for (int i = 0; i + 1 < main.size(); i++) {
      if (List.of("--release", "-source", "-target").contains(main.get(i))) {
        arguments.addAll(main.subList(i, i + 2));
      }
    }
    if (main.contains("--enable-preview")) {
      arguments.add("--enable-preview");
    }
    arguments.addAll(List.of("-g", "-parameters", "-proc:none", "-nowarn", "-implicit:none"));
    return arguments;
  }

  private static String errors(DiagnosticCollector<JavaFileObject> diagnostics, String output) {
    List<String> lines = new ArrayList<>();
    for (Diagnostic<? extends JavaFileObject> d : diagnostics.getDiagnostics()) {
      if (d.getKind() == Diagnostic.Kind.ERROR && lines.size() < ERRORS) {
        String file = d.getSource() instanceof MemoryFiles.SourceFile source ? source.path() : "";
        lines.add(
            file
                + ":"
                + d.getLineNumber()
                + ":"
                + d.getColumnNumber()
                + ": "
                + d.getMessage(Locale.ROOT).replaceAll("\\s*\\R\\s*", " | "));
      }
    }
    return cut(lines.isEmpty() ? output : String.join("\n", lines));
  }

  private static String cut(String text) {
    return text.length() <= CHARACTERS ? text : text.substring(0, CHARACTERS) + "...";
  }
}
