-- What the customers have been told before, so that there is more than a page.
insert into notification (id, recipient, revision, message, link, is_read, created_at)
  select (customer.number - 1) * 45 + (place.number - 1) * 9 + thing.number, customer.name, (place.number - 1) * 9 + thing.number,
    '“' || thing.name || ' for ' || place.name || '” has closed. Thank you for backing it!', '/#notifications', true,
    current_timestamp - interval '3' day * (48 - (place.number - 1) * 9 - thing.number)
  from (values (1, 'customer-1'), (2, 'customer-2')) as customer (number, name)
  cross join (values (1, 'the old harbour'), (2, 'Mill Lane'), (3, 'the north station'), (4, 'the market square'),
    (5, 'the river path')) as place (number, name)
  cross join (values (1, 'A bench'), (2, 'A book box'), (3, 'Apple trees'), (4, 'A fountain'), (5, 'Bicycle stands'),
    (6, 'An open-air stage'), (7, 'A swing'), (8, 'Warm light'), (9, 'A mural')) as thing (number, name);

update inbox set revision = 45 where owner in ('customer-1', 'customer-2');

-- Beyond them; the first value stands for the 50 that end with it.
alter sequence notification_seq restart with 1000;

-- Some more to close.
insert into campaign (id, title) values (9, 'A greenhouse on the roof'), (10, 'Swimming lessons for grown-ups');
insert into pledge (campaign_id, backer)
  select campaign.id, inbox.owner from campaign cross join inbox where campaign.id in (9, 10)
  order by campaign.id, inbox.owner;
