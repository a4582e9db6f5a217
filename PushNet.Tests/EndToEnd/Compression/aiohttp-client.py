"""Prints every message, and stalls now and then: python3 aiohttp-client.py ADDRESS LAST"""
import asyncio, sys, aiohttp


async def main(address, last):
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(address, compress=15, max_msg_size=0) as socket:
            count = 0
            async for message in socket:
                print(message.data)
                if last in message.data:
                    return
                count += 1
                if count % 400 == 0:
                    await asyncio.sleep(0.2)


asyncio.run(main(*sys.argv[1:]))
