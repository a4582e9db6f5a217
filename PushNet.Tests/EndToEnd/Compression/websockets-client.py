"""Prints every message, and stalls now and then: python3 websockets-client.py ADDRESS LAST"""
import asyncio, sys, websockets


async def main(address, last):
    async with websockets.connect(address, max_size=None) as socket:
        count = 0
        async for text in socket:
            print(text)
            if last in text:
                return
            count += 1
            if count % 400 == 0:
                await asyncio.sleep(0.2)


asyncio.run(main(*sys.argv[1:]))
