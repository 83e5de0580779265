package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.lenient;

import com.example.orders.domain.InvalidRequestException;
import com.example.orders.service.Cart.CartLine;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.InjectMocks;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

@ExtendWith(MockitoExtension.class)
class CartServiceTest {

  @Mock private StockService stock;
  @InjectMocks private CartService service;

  private final CartLine bag = new CartLine("BAG-01", 2);
  private final CartLine tea = new CartLine("TEA-08", 1);

  @BeforeEach
  void setUp() {
    lenient().when(stock.available("BAG-01")).thenReturn(2);
    lenient().when(stock.available("TEA-08")).thenReturn(0);
  }

  @Test
  void keepsWhatIsAvailable() {
    assertThat(service.check(new Cart(List.of(bag))))
        .isEqualTo(new CheckedCart(List.of(bag), List.of()));
  }

  @Test
  void removesWhatIsNotAvailable() {
    CheckedCart checked = service.check(new Cart(List.of(tea, bag)));

    assertThat(checked.lines()).containsExactly(bag);
    assertThat(checked.removed()).containsExactly("TEA-08");
  }

  @Test
  void refusesACartWithoutLines() {
    assertThatThrownBy(() -> service.check(new Cart(null)))
        .isInstanceOf(InvalidRequestException.class);
  }
}
