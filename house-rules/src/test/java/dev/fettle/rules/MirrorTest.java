package dev.fettle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.fettle.rules.House.Source;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The counts of the house style: some are rules, all are printed. */
class MirrorTest {
  private static final House HOUSE = House.built();
  private static final StringBuilder MIRROR = new StringBuilder("House rules, counted:\n");

  private static final Pattern BROAD_CATCH =
      Pattern.compile("^\\s*}?\\s*catch \\((final )?(\\w+ \\| )*(Exception|Throwable)\\b.*");
  private static final Pattern PRINT = Pattern.compile(".*System\\.(out|err)\\b.*");

  /** "Base" is the field's word here: the revision that a patch is made for. */
  private static final Set<String> ABOUT_THE_BASE_REVISION =
      Set.of("BaseModule", "BaseSuites", "BaseTests", "BaseTestsPass");

  private static final Pattern BAD_NAME =
      Pattern.compile(".*(Manager|Utils?|Helper|Processor|Impl|Info)|(Base|Abstract)[A-Z].*");

  /** Where something breaks and the rest goes on; each has a test that throws something there. */
  private static final Set<String> FIREBREAKS =
      Set.of(
          "agent-boot/AgentEntry",
          "agent-boot/Hook",
          "agent-boot/HealHook",
          "agent/AgentStart",
          "agent/Healing",
          "agent/Persistent",
          "agent/FullBody",
          "agent/HotPatcher",
          "agent/Expectations",
          "agent/LoggedErrors",
          "agent/Replay",
          "agent/ReuseHandler",
          "agent/ServletApi",
          "agent/Substitutes",
          "agent/Throwables",
          "agent/Transactions",
          "agent/SpanEvents",
          "agent/Weaver",
          "lab/Contexts",
          "lab/DirectClass",
          "lab/Fixture",
          "lab/LabSession",
          "lab/MainTrial",
          "lab/StaticState",
          "lab/Trace",
          "vet/ContainedSnippet");

  /**
   * One writer to the host's standard error, the build's own report, and the text of a program that
   * runs in the laboratory.
   */
  private static final Set<String> PRINTERS =
      Set.of(
          "agent-boot/AgentEntry",
          "agent/Console",
          "server/SearchGenerator",
          "testkit/SlowestTests");

  @Test
  void broadCatchesStandAtNamedFirebreaksOnly() throws IOException {
    Set<String> found = new TreeSet<>();
    for (Source source : HOUSE.sources()) {
      if (source.lines().stream().anyMatch(l -> BROAD_CATCH.matcher(l).matches())) {
        found.add(source.display());
      }
    }
    line("files with a broad catch", found.size());
    assertThat(found).isSubsetOf(FIREBREAKS);
  }

  @Test
  void onlyTheTerminalPrints() throws IOException {
    Set<String> found = new TreeSet<>();
    for (Source source : HOUSE.sources()) {
      if (!Set.of("cli", "bench").contains(source.module())
          && source.lines().stream()
              .filter(l -> !l.strip().startsWith("*"))
              .anyMatch(l -> PRINT.matcher(l).matches())) {
        found.add(source.display());
      }
    }
    line("files that print, outside cli and bench", found.size());
    assertThat(found).isSubsetOf(PRINTERS);
  }

  @Test
  void noMutableStatics() {
    Set<String> found = new TreeSet<>();
    for (JavaClass one : HOUSE.allClasses()) {
      for (JavaField field : one.getFields()) {
        Set<JavaModifier> modifiers = field.getModifiers();
        if (modifiers.contains(JavaModifier.STATIC)
            && !modifiers.contains(JavaModifier.FINAL)
            && !modifiers.contains(JavaModifier.SYNTHETIC)) {
          found.add(field.getFullName());
        }
      }
    }
    line("static fields that are not final", found.size());
    assertThat(found)
        .allMatch(f -> f.startsWith("dev.fettle.boot.") || f.startsWith("dev.fettle.lab."));
  }

  @Test
  void typesAreNamedByTheFieldsNouns() throws IOException {
    List<String> found =
        HOUSE.sources().stream()
            .filter(s -> BAD_NAME.matcher(s.name()).matches())
            .filter(s -> !ABOUT_THE_BASE_REVISION.contains(s.name()))
            .map(Source::display)
            .toList();
    line("types named by shape", found.size());
    assertThat(found).isEmpty();
  }

  @Test
  void halfOfTheTypesOutsideTheContractAreHidden() {
    List<JavaClass> types =
        HOUSE.allClasses().stream()
            .filter(c -> !HOUSE.moduleOf(c.getName()).orElse("").matches("contract|annotations"))
            .filter(c -> !c.isAnonymousClass() && !c.getSimpleName().equals("package-info"))
            .toList();
    long hidden =
        types.stream().filter(c -> !c.getModifiers().contains(JavaModifier.PUBLIC)).count();
    line("types outside contract", types.size());
    line("of these hidden, percent", 100 * hidden / Math.max(1, types.size()));
    assertThat(100 * hidden / Math.max(1, types.size())).isGreaterThanOrEqualTo(50);
  }

  @Test
  void filesAreShort() throws IOException {
    List<Source> sources = HOUSE.sources();
    long lines = sources.stream().mapToLong(s -> s.lines().size()).sum();
    long tests = HOUSE.tests().stream().mapToLong(s -> s.lines().size()).sum();
    List<String> isLong =
        sources.stream().filter(s -> s.lines().size() > 500).map(Source::display).toList();
    line("main files", sources.size());
    line("main lines", lines);
    line("test lines", tests);
    line("files above 500 lines", isLong.size());
    assertThat(isLong).as("rarely above 500").hasSizeLessThan(5);
  }

  @AfterAll
  static void print() {
    new PrintStream(new FileOutputStream(FileDescriptor.out), true).print(MIRROR);
  }

  private static void line(String what, long count) {
    MIRROR.append("  ").append(String.format("%6d", count)).append("  ").append(what).append('\n');
  }
}
