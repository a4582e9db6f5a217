using CsCheck;
using PushNet.Web.Ingest;

namespace PushNet.Tests.Ingest;

public sealed class ExpansionGuardTests
{
    [Fact]
    public void Steady_growth_is_believed_up_to_two_hundred_times() =>
        Gen.Select(Gen.Int[1, ExpansionGuard.MostPerByte], Gen.Int[1, ExpansionGuard.MostAtOnce], Gen.Int[1, 4096]).Sample(
            (ratio, packed, piece) => Read(new ExpansionGuard(), 4 * ExpansionGuard.Window, ratio, packed, piece),
            iter: 200);

    [Fact]
    public void Steady_growth_far_beyond_is_refused_within_little_more_than_a_megabyte() =>
        Gen.Select(Gen.Int[ExpansionGuard.MostPerByte * 2, 1000], Gen.Int[1, ExpansionGuard.MostAtOnce], Gen.Int[1, 4096]).Sample(
            (ratio, packed, piece) => Assert.Throws<InvalidDataException>(
                () => Read(new ExpansionGuard(), ExpansionGuard.Window * 5 / 4, ratio, packed, piece)),
            iter: 200);

    [Fact]
    public void A_megabyte_of_nothing_is_found_behind_any_amount_of_honest_bytes()
    {
        var guard = new ExpansionGuard();
        Read(guard, 10 * ExpansionGuard.Window, ratio: 5, packed: 512, piece: 4096);
        Assert.Throws<InvalidDataException>(() => Read(guard, ExpansionGuard.Window * 5 / 4, ratio: 1000, packed: 512, piece: 4096));
    }

    [Fact]
    public void A_small_body_may_grow_as_it_likes()
    {
        var guard = new ExpansionGuard();
        guard.Packed(100);
        guard.Unpacked(ExpansionGuard.Window - 1);
    }

    /// <summary>Bytes come in by <paramref name="packed"/> and go out, all of them, by <paramref name="piece"/>.</summary>
    private static void Read(ExpansionGuard guard, int unpacked, int ratio, int packed, int piece)
    {
        for (var done = 0; done < unpacked; done += packed * ratio)
        {
            guard.Packed(packed);
            for (var left = packed * ratio; left > 0; left -= piece)
            {
                guard.Unpacked(Math.Min(piece, left));
            }
        }
    }
}
