package dev.fettle.server.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccessRulesTest {
  private static final List<String> ADA = List.of("ada:approver:secret");
  private static final List<String> PROXY = List.of("fettle.example.org");

  @Test
  void aServerThatOthersReachNeedsUsers() {
    assertThatThrownBy(() -> rules("0.0.0.0", List.of(), List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("fettle.access.users");
    assertThatCode(() -> rules("0.0.0.0", ADA, List.of())).doesNotThrowAnyException();
  }

  @Test
  void aServerBehindAProxyNeedsUsersToo() {
    assertThatThrownBy(() -> rules("127.0.0.1", List.of(), PROXY))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("fettle.access.users");
    assertThatCode(() -> rules("127.0.0.1", ADA, PROXY)).doesNotThrowAnyException();
  }

  private static void rules(String address, List<String> users, List<String> hosts) {
    new AccessRules(address, new AccessSettings(users, hosts)).passwordEncoder();
  }
}
