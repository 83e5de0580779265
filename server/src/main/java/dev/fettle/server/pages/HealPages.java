package dev.fettle.server.pages;

import dev.fettle.server.heal.HealDesk;
import dev.fettle.server.view.ServerStatus;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** What was healed, with the state before and after, and the switch of each site. */
@Controller
class HealPages {
  private static final int SHOWN = 100;

  private final HealDesk desk;
  private final Supplier<ServerStatus> status;

  HealPages(HealDesk desk, Supplier<ServerStatus> status) {
    this.desk = desk;
    this.status = status;
  }

  @GetMapping("/heals")
  String heals(
      @RequestParam(defaultValue = "") String site,
      @RequestHeader(name = "HX-Request", defaultValue = "false") boolean fragment,
      Model model) {
    model.addAttribute("site", site);
    model.addAttribute("heals", desk.list(site, SHOWN));
    model.addAttribute("disabled", desk.disabled());
    model.addAttribute("prescriptions", desk.prescriptions());
    model.addAttribute("ceiling", desk.policy().mode().word());
    model.addAttribute("status", status.get());
    return fragment ? "heals :: list" : "heals";
  }

  @PostMapping("/heals/disable")
  String disable(@RequestParam String site) {
    return switched(site, true);
  }

  @PostMapping("/heals/enable")
  String enable(@RequestParam String site) {
    return switched(site, false);
  }

  private String switched(String site, boolean off) {
    if (!HealDesk.isSite(site)) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "not a site");
    }
    desk.disable(site, off);
    return "redirect:/heals";
  }
}
