package dev.fettle.server.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * On loopback everyone on this machine may look and the owner decides, as long as no users are
 * named. Else people log in and roles decide. Host and Origin checks guard against other web pages;
 * agents show a key in either case.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessSettings.class)
class AccessRules {
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
          + "frame-ancestors 'none'";

  private final boolean loopback;
  private final AccessSettings settings;

  AccessRules(
      @Value("${server.address:127.0.0.1}") @Nullable String address, AccessSettings settings) {
    this.loopback = AccessSettings.loopback(address);
    this.settings = settings;
    if (!loopback && settings.users().isEmpty()) {
      throw new IllegalStateException(
          "server.address "
              + address
              + " is not loopback: fettle.access.users must name who may log in");
    }
    if (!settings.hosts().isEmpty() && settings.users().isEmpty()) {
      throw new IllegalStateException(
          "fettle.access.hosts lets others in through a proxy: fettle.access.users must name who"
              + " may log in");
    }
  }

  @Bean
  @Order(1)
  SecurityFilterChain agentDoor(HttpSecurity http) throws Exception {
    return http.securityMatcher("/agent/v1/**")
        .csrf(AbstractHttpConfigurer::disable)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(AbstractHttpConfigurer::disable)
        .authorizeHttpRequests(a -> a.anyRequest().permitAll())
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain peopleDoor(HttpSecurity http, OwnerToken owner) throws Exception {
    http.addFilterBefore(new SameSiteGuard(loopback, settings.hosts()), AuthorizationFilter.class)
        .csrf(c -> c.ignoringRequestMatchers("/api/**"))
        .headers(
            h ->
                h.contentSecurityPolicy(p -> p.policyDirectives(CONTENT_SECURITY_POLICY))
                    // without any, browsers send forms of our own pages with a foreign origin
                    .referrerPolicy(r -> r.policy(ReferrerPolicy.SAME_ORIGIN))
                    .frameOptions(f -> f.deny()));
    if (loopback && settings.users().isEmpty()) {
      return http.addFilterBefore(new OwnerGuard(owner), AuthorizationFilter.class)
          .authorizeHttpRequests(a -> a.anyRequest().permitAll())
          .build();
    }
    return http.authorizeHttpRequests(
            a ->
                a.requestMatchers("/actuator/health/**", "/assets/**", "/webjars/**")
                    .permitAll()
                    .requestMatchers(HttpMethod.POST, "/**")
                    .hasAnyRole("APPROVER", "ADMIN")
                    .anyRequest()
                    .hasAnyRole("VIEWER", "APPROVER", "ADMIN"))
        .httpBasic(Customizer.withDefaults())
        .build();
  }

  @Bean
  PasswordEncoder passwordEncoder() {
    return PasswordEncoderFactories.createDelegatingPasswordEncoder();
  }

  @Bean
  UserDetailsService accessUsers(PasswordEncoder encoder) {
    List<org.springframework.security.core.userdetails.UserDetails> users =
        settings.users().stream()
            .map(AccessSettings.User::parse)
            .map(
                u ->
                    User.withUsername(u.name())
                        .password(
                            u.password().startsWith("{")
                                ? u.password()
                                : encoder.encode(u.password()))
                        .roles(u.role())
                        .build())
            .toList();
    return new InMemoryUserDetailsManager(users);
  }
}
