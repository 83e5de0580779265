package dev.fettle.server.api;

import dev.fettle.server.heal.HealDesk;
import dev.fettle.server.heal.HealView;
import dev.fettle.server.heal.Prescription;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Heals, and the sites that people switch off. */
@Tag(name = "heals")
@RestController
@RequestMapping("/api/v1/heals")
class HealController {
  private static final int LARGEST_PAGE = 500;

  private final HealDesk desk;

  HealController(HealDesk desk) {
    this.desk = desk;
  }

  /** Heals, what the server allows at most, what is switched off, and snippets. */
  record Page(
      String ceiling,
      List<HealView> heals,
      Set<String> disabled,
      List<Prescription> prescriptions) {}

  /** A place: {@code a.b.C.method:line}. */
  record Site(@Nullable String site) {}

  /** What was done. */
  record Done(String site, boolean disabled, boolean known) {}

  @Operation(summary = "Heals, latest first")
  @GetMapping
  Page heals(
      @RequestParam(defaultValue = "") String site, @RequestParam(defaultValue = "50") int size) {
    if (size < 1 || size > LARGEST_PAGE) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, "size is between 1 and " + LARGEST_PAGE);
    }
    return new Page(
        desk.policy().mode().word(), desk.list(site, size), desk.disabled(), desk.prescriptions());
  }

  @Operation(summary = "Heal nothing at a site any more")
  @PostMapping("/disable")
  Done disable(@RequestBody Site site) {
    return switched(site, true);
  }

  @Operation(summary = "Allow healing at a site again")
  @PostMapping("/enable")
  Done enable(@RequestBody Site site) {
    return switched(site, false);
  }

  private Done switched(Site site, boolean off) {
    String name = site.site();
    if (name == null || !HealDesk.isSite(name)) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, "a site looks like a.b.Class.method:line");
    }
    return new Done(name, off, desk.disable(name, off));
  }
}
