package dev.fettle.server.pages;

import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Tells each page, before it is made, which changes it is going to show. */
@ControllerAdvice(basePackageClasses = PageAge.class)
class PageAge {
  private final LiveEvents events;

  PageAge(LiveEvents events) {
    this.events = events;
  }

  @ModelAttribute("changes")
  long changes() {
    return events.changes();
  }
}
