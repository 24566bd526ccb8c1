using LiveDash.Core.Configuration;
using LiveDash.Core.Storage;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

public sealed class TierDraftTests
{
    [Theory]
    [InlineData("raw for 7d, 1m for 90d, 1h for 2y", "raw for 1w, 1m for 90d, 1h for 2y")]
    [InlineData("1s for 7d", "1s for 1w")]
    [InlineData("raw for 36h, 30s for 45d", "raw for 36h, 30s for 45d")]
    public void From_WhatCanBeWritten_IsWrittenBackInTheSameMeaning(string keep, string written)
    {
        var setting = TierForm.From(new TierSetting { Series = "cpu.*", Keep = keep }).ToSetting();

        Assert.Equal(("cpu.*", written), (setting.Series, setting.Keep));
        Assert.True(StorageTiers.TryRead(keep, out var before) && StorageTiers.TryRead(setting.Keep, out var after) && before.SequenceEqual(after));
    }

    [Fact]
    public void Draft_EditedByFields_KnowsFaultsAndWhetherItDiffers()
    {
        var draft = new TierDraft(new TierSettings { Tiers = [new TierSetting { Series = "cpu.*", Keep = "raw for 7d, 1m for 90d" }] });
        Assert.False(draft.IsDirty);
        Assert.True(draft.IsValid);

        draft.Set(0, draft.Patterns[0].With(1, draft.Patterns[0].Lines[1] with { Number = "5" }));
        Assert.True(draft.IsDirty);
        Assert.Contains("longer than the one before", draft.Fault(0, nameof(TierSetting.Keep)), StringComparison.Ordinal);

        draft.Set(0, draft.Patterns[0].Without(1));
        Assert.True(draft.IsValid);
        draft.Add();
        Assert.NotNull(draft.Fault(1, nameof(TierSetting.Series)));
        draft.Set(1, draft.Patterns[1] with { Series = "mem.*" });
        draft.Raise(1);
        Assert.Equal(["mem.*: raw for 7d, 1m for 90d, 1h for 2y", "cpu.*: raw for 1w"], draft.ToSettings().Tiers.Select(static one => $"{one.Series}: {one.Keep}"));
        draft.RemoveAt(0);
        draft.Set(0, draft.Patterns[0].More().With(1, new TierLine("1m", "90", "d")));
        Assert.False(draft.IsDirty);
    }

    [Fact]
    public void More_FromEachStep_IsAValidTierMore()
    {
        var form = TierForm.Usual with { Series = "*", Lines = [] };
        for (var i = 0; i < StorageTiers.MaxTiers; i++)
        {
            form = form.More();
            Assert.Empty(StorageTiers.Faults([form.ToSetting()]));
        }

        Assert.Equal(StorageTiers.MaxTiers, form.Lines.Count);
    }
}
