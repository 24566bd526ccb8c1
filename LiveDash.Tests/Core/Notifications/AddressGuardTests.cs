using System.Net;
using LiveDash.Core.Notifications;

namespace LiveDash.Tests.Core.Notifications;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("10.1.2.3", false)]
    [InlineData("::ffff:10.1.2.3", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("192.168.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("0.0.0.0", false)]
    public void Default_LoopbackAndPublic_AreAllowed(string address, bool expected) =>
        Assert.Equal(expected, new AddressGuard(new NotificationOptions()).IsAllowed(IPAddress.Parse(address)));

    [Fact]
    public void Listed_Networks_TakeThePlaceOfTheDefault()
    {
        var options = new NotificationOptions();
        options.AllowedAddresses.Add("10.0.0.0/8");
        var guard = new AddressGuard(options);
        Assert.True(guard.IsAllowed(IPAddress.Parse("10.1.2.3")));
        Assert.False(guard.IsAllowed(IPAddress.Loopback));
    }
}
