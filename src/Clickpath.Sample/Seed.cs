namespace Clickpath.Sample; internal static class Seed;
