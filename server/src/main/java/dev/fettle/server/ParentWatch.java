package dev.fettle.server;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Ends the server when the launcher that started it has ended, however that ended. */
@Component
class ParentWatch {
  private final ServerSettings settings;
  private final ConfigurableApplicationContext context;

  ParentWatch(ServerSettings settings, ConfigurableApplicationContext context) {
    this.settings = settings;
    this.context = context;
  }

  @EventListener(ApplicationReadyEvent.class)
  void watch() {
    Long pid = settings.parentPid();
    if (pid == null) {
      return;
    }
    ProcessHandle.of(pid).ifPresentOrElse(parent -> parent.onExit().thenRun(this::end), this::end);
  }

  private void end() {
    Thread ending =
        new Thread(
            () -> {
              context.close();
              Runtime.getRuntime().halt(0);
            },
            "fettle-parent-ended");
    ending.start();
  }
}
