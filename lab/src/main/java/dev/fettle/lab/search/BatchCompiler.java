package dev.fettle.lab.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jdt.core.compiler.CategorizedProblem;
import org.eclipse.jdt.internal.compiler.ClassFile;
import org.eclipse.jdt.internal.compiler.CompilationResult;
import org.eclipse.jdt.internal.compiler.Compiler;
import org.eclipse.jdt.internal.compiler.IErrorHandlingPolicy;
import org.eclipse.jdt.internal.compiler.env.ICompilationUnit;
import org.eclipse.jdt.internal.compiler.impl.CompilerOptions;
import org.eclipse.jdt.internal.compiler.lookup.LookupEnvironment;
import org.eclipse.jdt.internal.compiler.lookup.ModuleBinding;
import org.eclipse.jdt.internal.compiler.problem.DefaultProblemFactory;

/**
 * Compiles texts in memory with the Eclipse compiler, which takes a fraction of javac's time.
 * Confined to one thread.
 */
final class BatchCompiler {
  private static final int MESSAGES = 20;

  private final TypeFiles types;
  private final CompilerOptions options;

  BatchCompiler(TypeFiles types, int release) {
    this.types = types;
    this.options = options(Integer.toString(Math.max(8, release)));
  }

  /** A text under its path. */
  record Unit(String path, String text) {}

  /** An error: where, and what for people. */
  record Fault(String path, int offset, String message) {}

  /**
   * What became of units.
   *
   * @param classes binary name to bytes; empty when there are faults
   * @param origins binary name to the path of the unit that declares it
   */
  record Compiled(Map<String, byte[]> classes, Map<String, String> origins, List<Fault> faults) {}

  Compiled compile(List<Unit> units) {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    Map<String, String> origins = new HashMap<>();
    List<Fault> faults = new ArrayList<>();
    Compiler compiler =
        new Compiler(
            types,
            new AllErrors(),
            options,
            result -> accept(result, classes, origins, faults),
            new DefaultProblemFactory(Locale.ROOT));
    types.hide(units);
    compiler.compile(units.stream().map(Text::new).toArray(ICompilationUnit[]::new));
    return new Compiled(faults.isEmpty() ? classes : Map.of(), origins, faults);
  }

  private static void accept(
      CompilationResult result,
      Map<String, byte[]> classes,
      Map<String, String> origins,
      List<Fault> faults) {
    String path = new String(result.getFileName());
    if (result.hasErrors()) {
      for (CategorizedProblem problem : result.getErrors()) {
        String message =
            faults.size() < MESSAGES
                ? problem.getSourceLineNumber() + ": " + problem.getMessage()
                : "";
        faults.add(new Fault(path, Math.max(0, problem.getSourceStart()), message));
      }
      return;
    }
    for (ClassFile file : result.getClassFiles()) {
      String name = new String(file.fileName()).replace('/', '.');
      classes.put(name, file.getBytes());
      origins.put(name, path);
    }
  }

  private static CompilerOptions options(String release) {
    Map<String, String> settings = new HashMap<>();
    settings.put(CompilerOptions.OPTION_Source, level(release));
    settings.put(CompilerOptions.OPTION_Compliance, level(release));
    settings.put(CompilerOptions.OPTION_TargetPlatform, level(release));
    settings.put(CompilerOptions.OPTION_LineNumberAttribute, CompilerOptions.GENERATE);
    settings.put(CompilerOptions.OPTION_SourceFileAttribute, CompilerOptions.GENERATE);
    settings.put(CompilerOptions.OPTION_LocalVariableAttribute, CompilerOptions.DO_NOT_GENERATE);
    CompilerOptions options = new Quiet(settings);
    options.performMethodsFullRecovery = false;
    options.performStatementsRecovery = false;
    options.produceReferenceInfo = false;
    options.maxProblemsPerUnit = 10_000;
    options.processAnnotations = false;
    return options;
  }

  private static String level(String release) {
    return release.equals("8") ? "1.8" : release;
  }

  /** Looks for errors only. */
  private static final class Quiet extends CompilerOptions {
    Quiet(Map<String, String> settings) {
      super(settings);
      warningThreshold.clearAll();
      infoThreshold.clearAll();
    }
  }

  private static final class AllErrors implements IErrorHandlingPolicy {
    @Override
    public boolean proceedOnErrors() {
      return false;
    }

    @Override
    public boolean stopOnFirstError() {
      return false;
    }

    @Override
    public boolean ignoreAllErrors() {
      return false;
    }
  }

  private static final class Text implements ICompilationUnit {
    private final Unit unit;

    Text(Unit unit) {
      this.unit = unit;
    }

    @Override
    public char[] getFileName() {
      return unit.path().toCharArray();
    }

    @Override
    public char[] getContents() {
      return unit.text().toCharArray();
    }

    @Override
    public char[] getMainTypeName() {
      String name = unit.path().substring(unit.path().lastIndexOf('/') + 1);
      return name.replace(".java", "").toCharArray();
    }

    @Override
    public char @org.jspecify.annotations.Nullable [][] getPackageName() {
      return null;
    }

    @Override
    public ModuleBinding module(LookupEnvironment environment) {
      return environment.UnNamedModule;
    }

    @Override
    public boolean ignoreOptionalProblems() {
      return true;
    }
  }

  /** The bytes of a class under test or of a library, by binary name; null when there is none. */
  interface ClassBytes {
    byte @org.jspecify.annotations.Nullable [] find(String name) throws IOException;
  }
}
