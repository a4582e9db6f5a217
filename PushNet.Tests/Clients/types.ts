// What users of the package write, compiled strictly; and the declared types against those of the module itself.
import { WebSocket } from 'ws';
import * as declared from 'pushnet-client';
import type { Frame, Game, Price } from 'pushnet-client';
import * as actual from './module/implementation.js';

export const same: typeof declared = actual;

const client = new declared.PushNetClient('ws://127.0.0.1/ws/odds', 'key', { WebSocket, pingIntervalMs: 1_000 });

client.addEventListener('frame', ({ detail }) => {
  if (detail.type === 'score_change') console.log(detail.score_home?.toFixed(), detail.periods?.[0]?.name);
  // @ts-expect-error Only a price_change has a price.
  if (detail.type === 'score_change') console.log(detail.new_price);
  // @ts-expect-error There is no such frame.
  if (detail.type === 'goal') console.log(detail);
});

client.addEventListener('state', ({ detail: { state, error } }) => {
  if (state === 'waiting') console.log(error?.length, client.retryAt?.toFixed());
  // @ts-expect-error There is no such state.
  if (state === 'lost') console.log(error);
});

export const game: Game | undefined = client.board.games.get('g');
export const price: Price | undefined = client.board.prices.get('g')?.get(declared.outcomeKey('moneyline', 'a', 'home', null));

export function nameOf(frame: Frame): string {
  switch (frame.type) {
    case 'snapshot':
      return `${frame.games[0]?.markets?.['moneyline']?.[0]?.price}`;
    default:
      return frame.type;
  }
}
