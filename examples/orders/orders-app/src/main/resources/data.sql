insert into customer (id, name, email, phone, street, postcode, city, country, tier) values
  (1, 'Ada Brook', 'ada@example.org', '+49 30 1234567', 'Lindenweg 4', '10115', 'Berlin', 'DE', 'GOLD'),
  (2, 'Ben Carter', 'ben@example.org', '+44 20 7654321', '12 Mill Lane', 'N1 9GU', 'London', 'GB', 'SILVER'),
  (3, 'Cleo Diaz', 'cleo@example.org', null, 'Calle Mayor 8', '28013', 'Madrid', 'ES', 'STANDARD'),
  (4, 'Dan Evans', 'dan@example.org', '+44 20 1112223', null, null, null, null, 'STANDARD'),
  (5, 'Eva Frost', 'eva@example.org', null, 'Storgata 1', '0155', 'Oslo', 'NO', 'STANDARD'),
  (6, 'Finn Gray', 'finn@example.org', null, 'Kirkegade 22', '8000', 'Aarhus', 'DK', 'STANDARD'),
  (7, 'Gita Hale', 'gita@example.org', '+49 40 5550100', 'Hafenstr. 9', '20359', 'Hamburg', 'DE', 'STANDARD');

insert into product (sku, name, price_cents, reorder_level) values
  ('BAG-01', 'Canvas shopping bag, natural', 1290, 20),
  ('BOT-02', 'Insulated drinking bottle 750 ml', 2450, 15),
  ('CUP-03', 'Stoneware coffee cup, dark blue', 980, 40),
  ('LMP-04', 'Desk lamp with dimmer and clamp', 5900, 5),
  ('NTB-05', 'Dotted notebook A5, 160 pages', 1150, 60),
  ('PEN-06', 'Pen', 320, 100),
  ('RUG-07', 'Hand-woven wool rug 120 x 180', 18900, null),
  ('TEA-08', 'Green tea from the Uji hills, 100 g', 1490, 30),
  ('VAS-09', 'Blown glass vase with narrow neck', 3400, 4);

insert into stock (sku, warehouse, quantity, reserved) values
  ('BAG-01', 'EAST', 12, 2),
  ('BAG-01', 'WEST', 30, 0),
  ('BOT-02', 'EAST', 8, 1),
  ('CUP-03', 'WEST', 75, 5),
  ('LMP-04', 'EAST', 3, 0),
  ('NTB-05', 'EAST', 200, 20),
  ('PEN-06', 'WEST', 500, 0),
  ('RUG-07', 'EAST', 6, 0),
  ('TEA-08', 'WEST', 0, 0);

insert into purchase_order (id, customer_id, status, placed_on, paid_on, coupon_code) values
  (1001, 1, 'DELIVERED', '2024-03-04', '2024-03-04', 'SPRING'),
  (1002, 1, 'SHIPPED', '2024-05-02', '2024-05-03', 'STAFF'),
  (1003, 2, 'NEW', '2024-05-03', null, 'SPRING'),
  (1004, 2, 'PAID', '2024-05-03', '2024-05-04', null),
  (1005, 3, 'CANCELLED', '2024-05-05', null, null),
  (1006, 4, 'NEW', '2024-05-06', null, null),
  (1007, 7, 'NEW', '2024-05-06', null, 'WELCOME');

insert into order_line (order_id, position, sku, quantity, unit_price_cents) values
  (1001, 1, 'BAG-01', 2, 1290),
  (1001, 2, 'PEN-06', 10, 320),
  (1002, 1, 'LMP-04', 1, 5900),
  (1003, 1, 'NTB-05', 4, 1150),
  (1004, 1, 'CUP-03', 6, 980),
  (1004, 2, 'TEA-08', 1, 1490),
  (1005, 1, 'RUG-07', 1, 18900),
  (1006, 1, 'BOT-02', 1, 2450),
  (1007, 1, 'CUP-03', 2, 980);

insert into shipment (order_id, carrier, tracking_code, shipped_on, delivered_on) values
  (1001, 'DHL', 'DE0048151', '2024-03-05', '2024-03-07'),
  (1002, 'DHL', 'DE0062342', '2024-05-04', null);

insert into shipping_rate (country, base_cents, cents_per_kilo, days) values
  ('DE', 390, 80, 2),
  ('FR', 690, 120, 4),
  ('GB', 990, 150, 5),
  ('ES', 790, 140, 6);

insert into exchange_rate (currency, rate) values
  ('EUR', 1),
  ('USD', 1.08),
  ('GBP', 0.86);

insert into promotion (code, description, percent, tier) values
  ('SILVER5', 'Five percent for silver members', 5, 'SILVER'),
  ('GOLD10', 'Ten percent for gold members', 10, 'GOLD'),
  ('GOLDSHIP', 'Half of the shipping for gold members', 2, 'GOLD');

insert into gift_card (code, balance_cents) values
  ('GC-1111', 5000),
  ('GC-2222', 0);
