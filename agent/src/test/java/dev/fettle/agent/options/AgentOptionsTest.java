package dev.fettle.agent.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.MalformedURLException;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentOptionsTest {
  private static final LaunchedApplication SHOP =
      new LaunchedApplication("com.acme.shop.ShopApplication", "shop", "1.2", "abc", null);

  private static AgentOptions options(
      Map<String, String> properties, Map<String, String> env, String arguments) {
    OptionSource source =
        new OptionSource(properties, env, AgentOptions.parse(arguments), Map.of());
    return AgentOptions.of(source, SHOP, new ArrayList<>());
  }

  @Test
  void propertiesGoBeforeEnvironmentBeforeArguments() {
    Map<String, String> env = Map.of("FETTLE_SERVICE", "e", "FETTLE_KEY", "k");
    AgentOptions o = options(Map.of("fettle.service", "p"), env, "service=a,key=b,version=7");
    assertThat(List.of(o.service(), o.key(), o.version())).containsExactly("p", "k", "7");
  }

  @Test
  void argumentsMayHoldCommas() {
    assertThat(AgentOptions.parse("packages=a.b,c.d,server=http://h:1"))
        .isEqualTo(Map.of("packages", "a.b,c.d", "server", "http://h:1"));
  }

  @Test
  void fallsBackToWhatTheApplicationSaysOfItself() {
    AgentOptions o = options(Map.of(), Map.of("OTEL_SERVICE_NAME", "otel"), null);
    assertThat(List.of(o.service(), o.version(), o.revision()))
        .containsExactly("otel", "1.2", "abc");
  }

  @Test
  void saysWhatIsWrongWithAServer() {
    AgentOptions o = options(Map.of("fettle.server", "ftp://x"), Map.of(), null);
    assertThat(o.problems()).singleElement().asString().contains("ftp://x");
    assertThat(o.server()).hasToString("http://127.0.0.1:7411");
  }

  @Test
  void takesPackagesOfTheRepositoryToo() throws Exception {
    ApplicationScope scope =
        options(Map.of(), Map.of("FETTLE_REPOSITORY_PACKAGES", "net.own,org.b"), null).scope();
    assertThat(matches(scope, "net.own.x.Y", "file:/fat.jar")).isTrue();
    assertThat(matches(scope, "com.acme.lib.Z", "file:/fat.jar")).isTrue();
    assertThat(matches(scope, "net.owner.Y", "file:/fat.jar")).isFalse();
  }

  @Test
  void leavesLibrariesAloneThatWerePackedUnderTheApplicationsPackage() throws Exception {
    ApplicationScope scope = options(Map.of(), Map.of(), null).scope();
    assertThat(matches(scope, "com.acme.shaded.gson.Gson", "file:/fat.jar")).isFalse();
    assertThat(matches(scope, "com.acme.org.eclipse.jetty.Server", "file:/fat.jar")).isFalse();
  }

  @Test
  void takesClassDirectoriesAndTheStartClassesRelatives() throws Exception {
    ApplicationScope scope = options(Map.of(), Map.of(), null).scope();
    assertThat(matches(scope, "org.x.Y", "jar:nested:/a.jar/!BOOT-INF/classes/!/")).isTrue();
    assertThat(matches(scope, "org.x.Y", "jar:file:/a.jar!/BOOT-INF/classes!/")).isTrue();
    assertThat(matches(scope, "org.x.Y", "file:/p/target/classes/")).isTrue();
    assertThat(matches(scope, "com.acme.lib.Z", "jar:nested:/a.jar/!BOOT-INF/lib/l.jar!/"))
        .isTrue();
    assertThat(matches(scope, "org.lib.Z", "jar:nested:/a.jar/!BOOT-INF/lib/l.jar!/")).isFalse();
    assertThat(matches(scope, "com.acme.A$$SpringCGLIB$$0", "file:/p/target/classes/")).isFalse();
  }

  @Test
  void namedPackagesReplaceTheSearch() throws Exception {
    ApplicationScope scope = options(Map.of("fettle.packages", "a.b, c.*"), Map.of(), null).scope();
    assertThat(matches(scope, "a.b.C", "file:/x.jar")).isTrue();
    assertThat(matches(scope, "a.bc.C", "file:/x.jar")).isFalse();
    assertThat(matches(scope, "com.acme.D", "file:/classes/")).isFalse();
  }

  @Test
  void doesNotTakeAFrameworksPackagesForTheApplications() {
    assertThat(prefix("org.springframework.samples.petclinic.PetClinicApplication"))
        .isEqualTo("org.springframework.samples.petclinic");
    assertThat(prefix("io.github.eve.shop.Main")).isEqualTo("io.github.eve");
    assertThat(prefix("com.acme.shop.web.Main")).isEqualTo("com.acme");
    assertThat(prefix("Main")).isEmpty();
  }

  private static String prefix(String startClass) {
    return new LaunchedApplication(startClass, "n", null, null, null).ownPrefix().orElse("");
  }

  private static boolean matches(ApplicationScope scope, String name, String place)
      throws MalformedURLException {
    java.net.URLStreamHandler none =
        new java.net.URLStreamHandler() {
          @Override
          protected java.net.URLConnection openConnection(URL u) {
            throw new UnsupportedOperationException();
          }
        };
    int colon = place.indexOf(':');
    URL url = new URL(place.substring(0, colon), "", -1, place.substring(colon + 1), none);
    ProtectionDomain domain = new ProtectionDomain(new CodeSource(url, (Certificate[]) null), null);
    return scope.isApplication(ClassLoader.getSystemClassLoader(), name, domain);
  }
}
