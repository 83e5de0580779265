package dev.fettle.bench.agreement;

import dev.fettle.sandbox.ProjectTests;
import dev.fettle.sandbox.build.OwnBuild.Verdict;
import java.util.Map;
import java.util.TreeMap;

/**
 * How test methods ended in one run: the worst of the runs of one method, since builds and
 * frameworks number and name the runs of a parameterized method each in their own way.
 *
 * @param byMethod by {@code class#method}
 */
record Verdicts(Map<String, Verdict> byMethod) {
  Verdicts {
    byMethod = new TreeMap<>(byMethod);
  }

  static Verdicts ofBuild(Map<String, Verdict> tests) {
    Map<String, Verdict> verdicts = new TreeMap<>();
    tests.forEach((name, verdict) -> verdicts.merge(method(name), verdict, Verdicts::worse));
    return new Verdicts(verdicts);
  }

  static Verdicts ofLab(ProjectTests.Ran ran) {
    Map<String, Verdict> verdicts = new TreeMap<>();
    for (ProjectTests.OneTest test : ran.tests()) {
      Verdict verdict = Verdict.valueOf(test.result().status().name());
      verdicts.merge(method(test.result().name()), verdict, Verdicts::worse);
    }
    return new Verdicts(verdicts);
  }

  /** Without the number or the parameters of a run. */
  static String method(String name) {
    int hash = name.indexOf('#');
    int end = name.length();
    for (char c : new char[] {'(', '[', '{', ' '}) {
      int at = name.indexOf(c, hash);
      end = at < 0 ? end : Math.min(end, at);
    }
    return name.substring(0, end);
  }

  static String classOf(String method) {
    return method.substring(0, method.indexOf('#')).replaceAll("\\$.*", "");
  }

  private static Verdict worse(Verdict a, Verdict b) {
    if (a == Verdict.FAILED || b == Verdict.FAILED) {
      return Verdict.FAILED;
    }
    return a == Verdict.SKIPPED ? b : a;
  }
}
