package dev.fettle.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.boot.Observer;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RelayTest {
  static Stream<Method> everythingThatAnObserverHears() {
    return Stream.of(Observer.class.getMethods());
  }

  @ParameterizedTest
  @MethodSource("everythingThatAnObserverHears")
  void passesItOn(Method what) throws Exception {
    List<Method> heard = new ArrayList<>();
    Observer next =
        (Observer)
            Proxy.newProxyInstance(
                Observer.class.getClassLoader(),
                new Class<?>[] {Observer.class},
                (proxy, method, arguments) -> {
                  heard.add(method);
                  return null;
                });
    what.invoke(new Relay(next), new Object[what.getParameterCount()]);
    assertThat(heard).containsExactly(what);
  }
}
