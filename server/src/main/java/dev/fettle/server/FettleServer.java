package dev.fettle.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Starts the server. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(ServerSettings.class)
public class FettleServer {

  public static void main(String[] arguments) {
    SpringApplication.run(FettleServer.class, arguments);
  }
}
