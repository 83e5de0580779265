package dev.fettle.server.pages;

import dev.fettle.server.security.OwnerToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** How a browser becomes the owner's: by a link that only who reads the token's file can make. */
@Controller
class OwnerPages {
  private static final Duration REMEMBERED = Duration.ofDays(30);

  private final OwnerToken token;

  OwnerPages(OwnerToken token) {
    this.token = token;
  }

  @GetMapping("/owner")
  String refused() {
    throw new ResponseStatusException(
        HttpStatus.FORBIDDEN,
        "Only the owner of this server decides. Open the link that \"fettle dashboard\" prints in"
            + " this browser once, or decide on the command line: fettle approve, reject, rollback.");
  }

  @GetMapping("/owner/{link}")
  String open(@PathVariable String link, HttpServletRequest request, HttpServletResponse response) {
    String value =
        token
            .open(link)
            .orElseThrow(
                () ->
                    new ResponseStatusException(
                        HttpStatus.FORBIDDEN,
                        "This link was used before, is too old, or is another server's: \"fettle"
                            + " dashboard\" prints a new one."));
    ResponseCookie cookie =
        ResponseCookie.from(OwnerToken.COOKIE, value)
            .httpOnly(true)
            .secure(request.isSecure())
            .sameSite("Strict")
            .path("/")
            .maxAge(REMEMBERED)
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    return "redirect:/";
  }
}
