package dev.fettle.vet;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Executable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Type;

class AllowListTest {
  @Test
  void everyListedMethodExists() throws ClassNotFoundException {
    List<String> missing = new ArrayList<>();
    for (String owner : AllowList.shipped().classes()) {
      Class<?> type = Class.forName(owner.replace('/', '.'), false, null);
      List<String> has =
          Stream.concat(Arrays.stream(type.getMethods()), Arrays.stream(type.getConstructors()))
              .map(AllowListTest::signature)
              .toList();
      for (String method : AllowList.shipped().methods(owner)) {
        if (!has.contains(method)) {
          missing.add(owner + "." + method);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void constructorsAreNotInherited() {
    assertThat(AllowList.shipped().cost("java/util/ArrayList", "<init>", "()V")).isPresent();
    assertThat(AllowList.shipped().cost("java/util/Map", "<init>", "()V")).isEmpty();
  }

  private static String signature(Executable method) {
    return method instanceof java.lang.reflect.Method m
        ? m.getName() + Type.getMethodDescriptor(m)
        : "<init>" + Type.getConstructorDescriptor((java.lang.reflect.Constructor<?>) method);
  }
}
