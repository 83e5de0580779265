package dev.fettle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a room may not touch: docs/architecture.md. */
class MayNotTest {
  private static final House HOUSE = House.built();

  private static final Pattern INPUT_OUTPUT =
      Pattern.compile(
          "java\\.io\\.(File|RandomAccess|Print).*|java\\.nio\\.(file\\.Files|channels\\..*)"
              + "|java\\.net\\.(?!URI\\b).*|javax?\\.sql\\..*|java\\.lang\\.Process.*");
  private static final Pattern JSON =
      Pattern.compile("(tools\\.jackson|com\\.fasterxml|org\\.json|com\\.google\\.gson)\\..*");
  private static final Pattern LOGGING =
      Pattern.compile(
          "(org\\.slf4j|java\\.util\\.logging|org\\.apache\\.(log4j|commons\\.logging))\\..*");
  private static final Set<String> CLOCKS_AND_CHANCE =
      Set.of(
          "java.lang.System.nanoTime",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.getenv",
          "java.lang.System.getProperty",
          "java.lang.Math.random",
          "java.time.Instant.now",
          "java.time.LocalDateTime.now",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.time.InstantSource.system",
          "java.util.UUID.randomUUID",
          "java.util.Random.<init>",
          "java.util.concurrent.ThreadLocalRandom.current",
          "java.security.SecureRandom.<init>");

  @Test
  void contractEngineTemplatesAndSearchArePure() {
    Set<String> wrong = new TreeSet<>();
    for (String module : List.of("contract", "engine", "templates", "search")) {
      wrong.addAll(uses(module, INPUT_OUTPUT.asMatchPredicate()));
      wrong.addAll(uses(module, JSON.asMatchPredicate()));
      wrong.addAll(uses(module, LOGGING.asMatchPredicate()));
      wrong.addAll(calls(module, CLOCKS_AND_CHANCE::contains));
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void onlyValidationSaysThatAPatchIsPlausible() {
    Set<String> wrong = new TreeSet<>();
    for (String module : HOUSE.modules()) {
      wrong.addAll(
          calls(
              module,
              "dev.fettle.contract.model.Plausible.<init>"::equals,
              c -> !c.getPackageName().equals("dev.fettle.engine.validate")));
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void deliveryNeitherJudgesNorEditsAPatch() {
    assertThat(
            calls(
                "delivery",
                Set.of(
                        "dev.fettle.contract.model.Patch.<init>",
                        "dev.fettle.contract.model.Replacement.<init>",
                        "dev.fettle.contract.model.Candidate.<init>")
                    ::contains))
        .isEmpty();
  }

  @Test
  void nobodyTouchesTheInsidesOfJavac() {
    assertThat(usesAnywhere(n -> n.startsWith("com.sun.tools.javac."))).isEmpty();
  }

  @Test
  void syntaxTreesStayWithTheSourceRoomAndWhoGeneratesFromIt() {
    Set<String> may = Set.of("source", "templates", "search", "llm");
    assertThat(usesAnywhere(n -> n.startsWith("com.sun.source."), m -> !may.contains(m))).isEmpty();
  }

  @Test
  void springIsOfTheServerOnly() {
    assertThat(usesAnywhere(n -> n.startsWith("org.springframework."), m -> !m.equals("server")))
        .isEmpty();
  }

  @Test
  void theLaboratoryHasNoNetwork() {
    // A Unix domain socket leads to the laboratory's own parent and nowhere else.
    Pattern network =
        Pattern.compile("java\\.net\\.((?!UnixDomain).*Socket.*|http\\..*|.*Connection)");
    assertThat(uses("lab", network.asMatchPredicate())).isEmpty();
  }

  @Test
  void theSandboxLoadsNoCodeUnderTest() {
    assertThat(uses("sandbox", Set.of("java.net.URLClassLoader")::contains)).isEmpty();
    assertThat(
            calls(
                "sandbox", n -> n.endsWith(".defineClass") || n.equals("java.lang.Class.forName")))
        .isEmpty();
  }

  @Test
  void theAgentLeavesTheHostsLoggingAndHttpAlone() {
    for (String module : List.of("agent", "agent-boot", "wire", "vet")) {
      assertThat(
              uses(
                  module,
                  n ->
                      LOGGING.matcher(n).matches()
                          || n.startsWith("java.net.http.")
                          || n.equals("java.net.HttpURLConnection")
                          || n.startsWith("javax.management.")))
          .isEmpty();
    }
  }

  private static Set<String> usesAnywhere(Predicate<String> what) {
    return usesAnywhere(what, m -> true);
  }

  private static Set<String> usesAnywhere(Predicate<String> what, Predicate<String> module) {
    Set<String> wrong = new TreeSet<>();
    HOUSE.modules().stream().filter(module).forEach(m -> wrong.addAll(uses(m, what)));
    return wrong;
  }

  private static Set<String> uses(String module, Predicate<String> what) {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass one : HOUSE.classesOf(module)) {
      for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getBaseComponentType().getName();
        if (what.test(target)) {
          wrong.add(module + ": " + one.getName() + " uses " + target);
        }
      }
    }
    return wrong;
  }

  private static Set<String> calls(String module, Predicate<String> what) {
    return calls(module, what, c -> true);
  }

  private static Set<String> calls(
      String module, Predicate<String> what, Predicate<JavaClass> from) {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass one : HOUSE.classesOf(module)) {
      for (JavaCall<?> call : one.getCodeUnitCallsFromSelf()) {
        String target = call.getTargetOwner().getName() + "." + call.getTarget().getName();
        if (what.test(target) && from.test(one)) {
          wrong.add(module + ": " + one.getName() + " calls " + target);
        }
      }
    }
    return wrong;
  }
}
