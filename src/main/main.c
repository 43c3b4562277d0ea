// The lode program. Floor: main.
int main(void)
{
    return 0;
}
