using LiveDash.Core.Notifications;

namespace LiveDash.Tests.Core.Notifications;

public sealed class ChannelSecretsTests
{
    private static readonly ChannelConfig s_channel = new()
    {
        Name = "ops", Url = "http://127.0.0.1/hook", Secret = "s3cret", Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer abc", ["X-Api-Key"] = "k", ["X-Team"] = "ops" },
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

    [Theory]
    [InlineData("https://hooks.slack.com/services/T0/B0/x", "https://hooks.slack.com/***")]
    [InlineData("http://ann:pw@127.0.0.1:9000/", "http://127.0.0.1:9000/***")]
    [InlineData("http://127.0.0.1:9000/?key=1", "http://127.0.0.1:9000/***")]
    [InlineData("http://127.0.0.1:9000", "http://127.0.0.1:9000")]
    public void Hide_Address_ShowsTheHostAlone(string url, string shown)
    {
        var channel = s_channel with { Url = url };

        Assert.Equal(shown, ChannelSecrets.Hide(channel).Url);
        Assert.Equal(url, ChannelSecrets.Restore(ChannelSecrets.Hide(channel), channel).Url);
    }

    [Theory]
    [InlineData("https://127.0.0.1/hook")]
    [InlineData("http://127.0.0.2/hook")]
    [InlineData("http://127.0.0.1:81/hook")]
    [InlineData("http://127.0.0.2/***")]
    public void Restore_ForAnotherServer_HasNoSecretAndIsAFault(string url)
    {
        var given = ChannelSecrets.Restore(ChannelSecrets.Hide(s_channel) with { Url = url }, s_channel);

        Assert.Equal(("***", "***", "***", url), (given.Secret, given.Headers!["Authorization"], given.Headers["X-Api-Key"], given.Url));
        var faults = ChannelValidator.Validate([given], new NotificationOptions());
        Assert.Superset(new HashSet<string> { "[0].secret", "[0].headers" }, faults.Select(static fault => fault.Field).ToHashSet());
        Assert.Equal(url.EndsWith("***", StringComparison.Ordinal), faults.Any(static fault => fault.Field == "[0].url"));
    }

    [Fact]
    public void Restore_AnotherPathOfTheServer_HasTheSecretsItHad() =>
        Assert.Equal("s3cret", ChannelSecrets.Restore(ChannelSecrets.Hide(s_channel) with { Url = "http://127.0.0.1/other" }, s_channel).Secret);

    [Fact]
    public void Restore_HeaderInAnotherCase_IsTheSameHeader()
    {
        var given = s_channel with { Headers = new Dictionary<string, string> { ["authorization"] = "***" } };

        Assert.Equal("Bearer abc", ChannelSecrets.Restore(given, s_channel).Headers!["authorization"]);
    }

    [Fact]
    public void Restore_HiddenOfAnUnknownChannel_IsAFault()
    {
        var given = ChannelSecrets.Restore(new ChannelConfig { Name = "new", Url = "http://127.0.0.1/", Secret = "***" }, null);

        Assert.Equal("[0].secret", Assert.Single(ChannelValidator.Validate([given], new NotificationOptions())).Field);
    }

    [Fact]
    public void Hide_NoSecret_StaysEmpty() => Assert.Null(ChannelSecrets.Hide(new ChannelConfig { Name = "log", Kind = "log" }).Secret);
}
