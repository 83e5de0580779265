package dev.fettle.vet;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

public class SkillTest {
  private static final String OWNER = "dev/fettle/vet/SkillTest";
  private static final List<SkillMethod> SKILLS =
      List.of(
          skill("lowest", "(Ljava/util/List;I)I"),
          skill("words", "(Ljava/lang/String;)Ljava/util/List;"),
          skill("live", "()Ldev/fettle/vet/SkillTest;"));

  private final List<String> called = new ArrayList<>();

  /** Registered; works on what it is given and changes it. */
  public static int lowest(List<Integer> prices, int otherwise) {
    int lowest = prices.stream().mapToInt(p -> p).min().orElse(otherwise);
    prices.clear();
    return lowest;
  }

  /** Registered. */
  public static List<String> words(String text) {
    return List.of(text.split(" "));
  }

  /** Registered, but gives what no snippet may hold. */
  public static SkillTest live() {
    return new SkillTest();
  }

  /** Not registered. */
  public static int other() {
    return 1;
  }

  @Test
  void aSnippetCallsWhatTheApplicationRegistered() {
    assertThat(run("v[0] = dev.fettle.vet.SkillTest.words((String) v[0]).size();", "a b c"))
        .isEqualTo(3);
    assertThat(called).containsExactly(OWNER + ".words(Ljava/lang/String;)Ljava/util/List;");
  }

  @Test
  void aSkillWorksOnCopies() {
    List<Integer> live = new ArrayList<>(List.of(7, 5));
    String code =
        "v[0] = dev.fettle.vet.SkillTest.lowest((java.util.List<Integer>) v[0], 1)"
            + " + ((java.util.List<Integer>) v[0]).size();";
    assertThat(run(code, live)).isEqualTo(5 + 2);
    assertThat(live).containsExactly(7, 5);
  }

  @Test
  void aSkillThatFailsFailsTheSnippet() {
    assertThat(ended("v[0] = dev.fettle.vet.SkillTest.words((String) v[0]);", (Object) null))
        .isEqualTo(new ContainedSnippet.Run.Failed("java.lang.IllegalStateException"));
  }

  @Test
  void skillsAreCounted() {
    assertThat(ended("while (v != null) dev.fettle.vet.SkillTest.words(\"a\");", 1))
        .isInstanceOf(ContainedSnippet.Run.Stopped.class);
    assertThat(called).hasSizeLessThan(200);
  }

  @Test
  void whatIsNotRegisteredOrNotPlainIsRefused() {
    assertThat(judged("dev.fettle.vet.SkillTest.other();")).isInstanceOf(Vetting.Refused.class);
    assertThat(judged("dev.fettle.vet.SkillTest.live();")).isInstanceOf(Vetting.Refused.class);
    assertThat(judged("new dev.fettle.vet.SkillTest();")).isInstanceOf(Vetting.Refused.class);
  }

  @Test
  void declarationsNameThePlainMethodsOfEachClass() throws Exception {
    byte[] declared = SkillMethod.declarations(SKILLS.subList(0, 2)).get(OWNER);
    Class<?> type =
        new ClassLoader(null) {
          Class<?> define() {
            return defineClass(null, declared, 0, declared.length);
          }
        }.define();
    assertThat(type.getDeclaredMethod("lowest", List.class, int.class).getReturnType())
        .isEqualTo(int.class);
    assertThat(SKILLS.get(0).display())
        .isEqualTo("int dev.fettle.vet.SkillTest.lowest(java.util.List, int)");
  }

  private static SkillMethod skill(String method, String descriptor) {
    return new SkillMethod(method, OWNER, method, descriptor, "");
  }

  private Object call(String skill, Object[] arguments) throws InvocationTargetException {
    called.add(skill);
    try {
      return skill.contains(".words")
          ? words((String) arguments[0])
          : (Object) lowest((List<Integer>) arguments[0], (int) arguments[1]);
    } catch (RuntimeException e) {
      throw new InvocationTargetException(e);
    }
  }

  private static Vetting judged(String code) {
    return Vet.contained(Corpus.compile(new Shape("skill", code, "").source()), SKILLS);
  }

  private Object run(String code, Object... values) {
    return ((ContainedSnippet.Run.Done) ended(code, values)).values()[0];
  }

  private ContainedSnippet.Run ended(String code, Object... values) {
    return ContainedSnippet.of((Vetting.Accepted) judged(code)).run(values, new Meter(this::call));
  }
}
