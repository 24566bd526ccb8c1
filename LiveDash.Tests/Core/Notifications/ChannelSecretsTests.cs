using LiveDash.Core.Notifications;

namespace LiveDash.Tests.Core.Notifications;

public sealed class ChannelSecretsTests
{
    private static readonly ChannelConfig s_channel = new()
    {
        Name = "ops", Url = "http://127.0.0.1/", Secret = "s3cret", Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer abc", ["X-Api-Key"] = "k", ["X-Team"] = "ops" },
    };

    [Fact]
    public void Hide_SecretAndTokens_AreNotInIt()
    {
        var shown = ChannelSecrets.Hide(s_channel);

        Assert.Equal(("***", "***", "***", "ops"), (shown.Secret, shown.Headers!["Authorization"], shown.Headers["X-Api-Key"], shown.Headers["X-Team"]));
    }

    [Fact]
    public void Restore_HiddenGivenBack_HasTheSecretsItHad()
    {
        var back = ChannelSecrets.Restore(ChannelSecrets.Hide(s_channel), s_channel);

        Assert.Equal((s_channel.Secret, "Bearer abc", "k"), (back.Secret, back.Headers!["Authorization"], back.Headers["X-Api-Key"]));
    }

    [Fact]
    public void Restore_HiddenOfAnUnknownChannel_HasNone() => Assert.Null(ChannelSecrets.Restore(new ChannelConfig { Secret = "***" }, null).Secret);

    [Fact]
    public void Hide_NoSecret_StaysEmpty() => Assert.Null(ChannelSecrets.Hide(new ChannelConfig { Name = "log", Kind = "log" }).Secret);
}
